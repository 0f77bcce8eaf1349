import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import { createCorridorSimulator, type CorridorLevel } from '../../test/corridor.ts'
import type { FinishedEpisode, LevelSource } from '../levels/level-source.ts'
import { createEpisodeLedger } from './episode-ledger.ts'

const seeds = createStream(3).named('episodes')
const left = 0
const right = 1

/** A curriculum with a memory: every slot's goal changes sides after every won episode. */
function createAlternating(): LevelSource<CorridorLevel> & { readonly finishedEpisodes: FinishedEpisode[] } {
  const goals = new Uint8Array([6, 6])
  const finishedEpisodes: FinishedEpisode[] = []
  const current = (slot: number) => ({ start: 5, goal: goals[slot] })
  return {
    finishedEpisodes,
    next: current,
    current,
    finished(episode) {
      finishedEpisodes.push(episode)
      if (episode.return > 0) goals[episode.slot] = 6 - goals[episode.slot]
    },
    save: () => goals.slice(),
    restore: (state) => goals.set(state),
  }
}

test('returns are discounted from the first step, and a finished slot starts its next episode at once', () => {
  const simulator = createCorridorSimulator(2)
  const levels = createAlternating()
  const ledger = createEpisodeLedger(simulator, levels, { discount: 0.5, seeds })
  ledger.begin()
  expect(ledger.summarize()).toEqual({ finished: 0, return: null, proxyReturn: null, steps: null })
  for (const actions of [
    [right, left],
    [left, right],
    [left, right],
  ]) {
    simulator.step(Uint8Array.from(actions))
    ledger.record()
  }
  // Slot 0 walks one cell and has won; slot 1 goes back and forth, and wins at its third step.
  expect(levels.finishedEpisodes).toEqual([
    { slot: 0, episode: 0, return: 1, proxyReturn: 0, steps: 1 },
    { slot: 1, episode: 0, return: 0.25, proxyReturn: 0, steps: 3 },
  ])
  expect(ledger.summarize()).toEqual({ finished: 2, return: 0.625, proxyReturn: 0, steps: 2 })
  expect(Array.from(simulator.steps)).toEqual([2, 0])
})

test('a slot has drawn as many levels as it has started episodes, also after a restart', () => {
  const begin = (simulator = createCorridorSimulator(2)) => {
    const drawn = [0, 0]
    const levels: LevelSource<CorridorLevel> = {
      ...createAlternating(),
      next(slot) {
        drawn[slot]++
        return { start: 5, goal: 6 }
      },
    }
    return { ledger: createEpisodeLedger(simulator, levels, { discount: 0.9, seeds }), drawn, simulator }
  }
  const first = begin()
  first.ledger.begin()
  for (let step = 0; step < 9; step++) {
    first.simulator.step(Uint8Array.of(right, step % 3 === 2 ? right : left))
    first.ledger.record()
  }
  expect(first.drawn[0]).toBeGreaterThan(first.drawn[1])
  expect([...first.ledger.begun()]).toEqual(first.drawn)
  const second = begin()
  second.ledger.restore(first.ledger.save())
  expect([...second.ledger.begun()]).toEqual(first.drawn)
})

test('a restart drops running episodes, and their returns', () => {
  const simulator = createCorridorSimulator(2)
  const ledger = createEpisodeLedger(simulator, createAlternating(), { discount: 0.5, seeds })
  ledger.begin()
  simulator.step(Uint8Array.of(left, left))
  ledger.record()
  ledger.restart()
  expect(Array.from(simulator.steps)).toEqual([0, 0])
  expect([...ledger.begun()]).toEqual([2, 2])
  simulator.step(Uint8Array.of(right, right))
  ledger.record()
  expect(ledger.summarize()).toEqual({ finished: 2, return: 1, proxyReturn: 0, steps: 1 })
})

test('a restored ledger continues in the middle of episodes, with the curriculum in its saved state', () => {
  const run = (
    ledger: ReturnType<typeof createEpisodeLedger>,
    simulator: ReturnType<typeof createCorridorSimulator>,
  ) => {
    const seen: number[] = []
    for (let step = 0; step < 30; step++) {
      simulator.step(Uint8Array.of(step % 7 < 5 ? left : right, step % 3 === 0 ? left : right))
      ledger.record()
      seen.push(...simulator.observations)
    }
    return { seen, summary: ledger.summarize() }
  }
  const simulator = createCorridorSimulator(2)
  const ledger = createEpisodeLedger(simulator, createAlternating(), { discount: 0.9, seeds })
  ledger.begin()
  run(ledger, simulator)
  const saved = ledger.save()
  const expected = run(ledger, simulator)

  const secondSimulator = createCorridorSimulator(2)
  const second = createEpisodeLedger(secondSimulator, createAlternating(), { discount: 0.9, seeds })
  second.restore(saved)
  expect(run(second, secondSimulator)).toEqual(expected)
})
