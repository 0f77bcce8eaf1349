import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import type { CorridorLevel } from '../../../test/corridor.ts'
import { corridorTools } from '../../../test/corridor-tools.ts'
import type { LevelOutcome } from '../curriculum/level-outcomes.ts'
import { createAttack, type AttackSetup } from './attack.ts'
import { defaultAdversarialOptions, type AdversarialOptions } from './options.ts'

/** Levels of the right end, one step further away with every edit. Regrets do not shrink. */
const create = (options: Partial<AdversarialOptions> = {}, setup: Partial<AttackSetup<CorridorLevel>> = {}) =>
  createAttack<CorridorLevel>({
    options: { ...defaultAdversarialOptions, restart: 0, decay: 0, ...options },
    tools: corridorTools,
    mutate: ({ start, goal }) => ({ start: Math.max(1, start - 1), goal }),
    levelOf: (index) => ({ start: 1 + (index % 5), goal: 6 }),
    size: 4,
    stream: createStream(2),
    ...setup,
  })
/** Levels that begin in an even cell cannot be solved. */
const half: typeof corridorTools = {
  ...corridorTools,
  optimum: (level) => (level.start % 2 === 0 ? 0 : corridorTools.optimum!(level)),
}
const outcome = (meanReturn: number): LevelOutcome => ({
  episodes: 1,
  meanReturn,
  bestReturn: meanReturn,
  meanValue: 0,
  positiveValueLoss: 0,
})
const played = (attack: ReturnType<typeof create>) => [0, 1, 2, 3].map((slot) => attack.source.current(slot, 0).start)
const starts = (attack: ReturnType<typeof create>) => attack.levels().map(({ level }) => level.start)

test('an edit stays only if the policy loses at least as much there', () => {
  const attack = create()
  attack.propose()
  expect(played(attack)).toEqual([1, 1, 2, 3])
  attack.accept([0.9, 0, 0.9, 0].map(outcome))
  attack.propose()
  // Of the second proposals, the first is lost, and the second and fourth are won.
  attack.accept([0, 1, 0, 1].map(outcome))
  expect(starts(attack)).toEqual([1, 1, 1, 3])
})

test('each edit of each round has chance of its own', () => {
  const drawn: number[] = []
  const mutate: AttackSetup<CorridorLevel>['mutate'] = (level, random) => (drawn.push(random.uniform()), level)
  const attack = create({}, { mutate })
  attack.propose()
  attack.propose()
  expect(new Set(drawn).size).toBe(8)
})

test('a search begins with levels that can be solved, and takes no edit that cannot', () => {
  const attack = create({ restart: 1 }, { tools: half })
  expect(starts(attack)).toEqual([1, 3, 5, 1])
  attack.propose()
  expect(played(attack)).toEqual([1, 2, 4, 1])
  attack.accept([0, 0, 0, 0].map(outcome))
  expect(starts(attack)).toEqual([1, 3, 5, 1])
  attack.mix()
  attack.finish([0, 0, 0, 0].map(outcome))
  expect(starts(attack).every((start) => start % 2 === 1)).toBe(true)
})

test('a regret that shrank gives way to a smaller one', () => {
  const lasting = (decay: number) => {
    const attack = create({ decay })
    for (const won of [0, 0.05]) {
      attack.propose()
      attack.accept([won, won, won, won].map(outcome))
    }
    return attack.levels().map(({ mutations }) => mutations)
  }
  expect(lasting(0)).toEqual([1, 1, 1, 1])
  expect(lasting(0.1)).toEqual([2, 2, 2, 2])
})

test('the levels of largest regret are learned from, and the rest are new', () => {
  const attack = create()
  attack.propose()
  attack.accept([0.9, 0.1, 0.5, 0.2].map(outcome))
  attack.mix()
  // Levels 4 and 5 of the mixture are new.
  expect(played(attack)).toEqual([1, 3, 5, 1])
})

test('a level that was learned is judged again, and is no longer hard', () => {
  const attack = create()
  attack.propose()
  attack.accept([0, 0, 0, 0].map(outcome))
  attack.mix()
  const regret = attack.finish([0.95, 0.95, 0, 0].map(outcome))
  expect(regret).toBeLessThan(0.05)
  const scores = attack.levels().map(({ score }) => score > 0.5)
  expect(scores.filter(Boolean)).toHaveLength(2)
  expect(
    attack
      .levels()
      .map(({ replays }) => replays)
      .toSorted((a, b) => a - b),
  ).toEqual([0, 0, 1, 1])
})

test('levels are replaced as often as wanted', () => {
  const attack = create({ restart: 1 })
  attack.propose()
  attack.accept([0, 0, 0, 0].map(outcome))
  attack.mix()
  attack.finish([0, 0, 0, 0].map(outcome))
  expect(attack.levels().every(({ mutations, score }) => mutations === 0 && score === 0)).toBe(true)
})

test('a restored attack continues alike; one of another size is refused', () => {
  const attack = create({ restart: 0.5 })
  attack.propose()
  attack.accept([0, 0.3, 0, 0.9].map(outcome))
  attack.mix()
  const other = create({ restart: 0.5 })
  other.source.restore(attack.source.save())
  for (const one of [attack, other]) {
    one.finish([0.1, 0.2, 0.3, 0.4].map(outcome))
    one.propose()
  }
  expect(other.source.save()).toEqual(attack.source.save())
  const bytes = attack.source.save()
  const larger = create({}, { size: 5 })
  expect(() => larger.source.restore(bytes)).toThrow('another size')
  expect(() => larger.source.check?.(bytes)).toThrow('another size')
})
