import { expect, test } from 'vitest'
import type { Simulator } from '../../src/environment.ts'
import { observeThrough } from '../../src/observe-through.ts'
import { findHidden } from '../../src/visible-object.ts'
import { expectEqual } from '../expect-equal.ts'
import { playReference, referenceEpisodes, stepsOf, type Game } from '../play.ts'

/** Episodes played side by side, visible and hidden, and steps of each. */
const [episodes, most] = [20, 60]

/** Counterfactual intent requires that hiding an object changes nothing else. */
export function objectGuarantees(game: Game<unknown, unknown>): void {
  const { environment, parameters, stream } = game
  const levels = game.levels.slice(0, episodes)
  const view = environment.observation(parameters)
  const objects = environment.objects?.(parameters)
  // Pixels show everything in the same channels: nothing can be hidden.
  if (objects === undefined || objects.length === 0) return
  const sighted = { ...game, levels }
  const draws = stream.named('objects')

  const create = () => environment.createSimulator(parameters, levels.length)
  const ended = ({ terminated, truncated }: Simulator<unknown>, i: number) => terminated[i] + truncated[i] > 0
  function step(simulator: Simulator<unknown>, at: number): void {
    for (const [i, level] of levels.entries()) if (at === 0 || ended(simulator, i)) simulator.reset(i, level, i)
    const draw = (i: number) => Math.floor(draws.uniform(i, at) * environment.actions.length)
    simulator.step(Uint8Array.from(levels, (_, i) => draw(i)))
  }

  test('has objects with existing channels, each used once, and one that identifies the goal', () => {
    const channels = objects.flatMap((object) => object.channels)
    expect(new Set(objects.map(({ name }) => name)).size).toBe(objects.length)
    expect(new Set(channels).size).toBe(channels.length)
    for (const channel of channels) expect(view.channels).toContain(channel)
    expect(objects.map(({ tells }) => tells)).toContain('goal')
  })

  test.each(objects)('shows $name, and hiding it blanks only it and changes nothing else', (object) => {
    const { channels } = findHidden(environment, parameters, [object.name])
    expect(channels.toSorted()).toEqual(object.channels.toSorted())
    const hidden = new Set(channels.map((name) => view.channels.indexOf(name)))
    const [seen, unseen] = [create(), observeThrough(create(), view, { hide: channels })]
    const shown = new Set<number>()
    for (let at = 0; at < Math.min(stepsOf(game), most); at++) {
      for (const simulator of [seen, unseen]) step(simulator, at)
      const blanked = seen.observations.slice()
      for (const channel of hidden)
        for (let i = channel; i < blanked.length; i += view.shape[2]) {
          if (blanked[i] > 0) shown.add(channel)
          blanked[i] = 0
        }
      expectEqual(unseen.observations, blanked)
      for (const column of ['goalRewards', 'terminated', 'truncated', 'counters', 'steps'] as const)
        expectEqual<unknown>(unseen[column], seen[column])
      expectEqual(unseen.saveState(), seen.saveState())
    }
    expect([...hidden].every((channel) => shown.has(channel))).toBe(true)
  })

  test.each(objects)('oracles do not read observations: they play the same without $name', ({ channels }) => {
    const blind: typeof environment.createSimulator = (given, batch) =>
      observeThrough(environment.createSimulator(given, batch), view, { hide: channels })
    for (const name of ['true-oracle', 'proxy-oracle'] as const)
      expectEqual(
        playReference({ ...game, levels, environment: { ...environment, createSimulator: blind } }, name),
        referenceEpisodes(sighted, name),
      )
  })
}
