import { expect, test } from 'vitest'
import { stay, type Simulator } from '../../src/environment.ts'
import { replayEpisode } from '../../src/replay.ts'
import { expectEqual } from '../expect-equal.ts'
import { stepsOf, type Game } from '../play.ts'

export function simulatorGuarantees(game: Game<unknown, unknown>): void {
  const { environment, parameters, levels, stream } = game
  const spec = environment.observation(parameters)
  const size = spec.shape[0] * spec.shape[1] * spec.shape[2]
  const count = levels.length
  const counted = environment.measures(parameters).counters.length
  const { maxSteps } = environment.horizon(parameters)
  const played = stepsOf(game)
  const [actionStream, seeds] = [stream.named('actions'), stream.named('seeds')]
  const actionOf = (episode: number, step: number) =>
    Math.floor(actionStream.uniform(episode, step) * environment.actions.length)

  /** Episodes `first`, `first` + 1, … of the game, each with its own level, seed and actions. */
  function start(first = 0, episodes = count): Simulator<unknown> {
    const simulator = environment.createSimulator(parameters, episodes)
    for (let i = 0; i < episodes; i++) simulator.reset(i, levels[first + i], seeds.word(first + i))
    return simulator
  }
  const observationOf = (simulator: Simulator<unknown>, i: number) =>
    simulator.observations.slice(i * size, (i + 1) * size)
  const countersOf = ({ counters }: Simulator<unknown>, i: number) => counters.slice(i * counted, (i + 1) * counted)
  const outcomeOf = ({ goalRewards, terminated, truncated, steps }: Simulator<unknown>, i: number) =>
    [...goalRewards, terminated, truncated, steps].map((values) => values[i])
  const signature = (simulator: Simulator<unknown>, i: number) => [
    observationOf(simulator, i),
    outcomeOf(simulator, i),
    countersOf(simulator, i),
  ]
  /** By episode and channel that is said to be one-hot: how many of its cells are set. */
  const crowds = (observations: Uint8Array) =>
    levels.flatMap((_, i) =>
      (spec.oneHot ?? []).map((channel) => {
        let set = 0
        for (let at = i * size + channel; at < (i + 1) * size; at += spec.shape[2]) set += observations[at]
        return set
      }),
    )
  const blank = (observations: Uint8Array) =>
    (spec.blank ?? []).every((channel) => {
      for (let at = channel; at < observations.length; at += spec.shape[2]) if (observations[at] !== 0) return false
      return true
    })
  const ended = (simulator: Simulator<unknown>, i: number) => simulator.terminated[i] + simulator.truncated[i] > 0
  function stepAll(simulator: Simulator<unknown>, step: number, first = 0): void {
    for (let i = 0; i < simulator.batch; i++) if (ended(simulator, i)) simulator.reset(i, levels[first + i], 9)
    simulator.step(Uint8Array.from({ length: simulator.batch }, (_, i) => actionOf(first + i, step)))
  }

  test('has observations of the stated shape and range, one name per channel, and the stated counters', () => {
    const simulator = start()
    const most = spec.element === 'byte' ? 255 : 1
    expect(spec.channels).toHaveLength(spec.shape[2])
    expect(simulator.observations).toHaveLength(count * size)
    expect(simulator.counters).toHaveLength(count * counted)
    expect(simulator.counters.every((value) => value === 0)).toBe(true)
    for (let step = 0; step < Math.min(played, 40); step++) {
      expect(simulator.observations.every((value) => value <= most)).toBe(true)
      expect(Math.max(0, ...crowds(simulator.observations))).toBeLessThanOrEqual(1)
      expect(blank(simulator.observations)).toBe(true)
      stepAll(simulator, step)
    }
  })

  test('pays each goal separately, and nothing before the first step', () => {
    const simulator = start()
    expect(simulator.goalRewards).toHaveLength(environment.goals.length)
    for (const rewards of simulator.goalRewards) expect(rewards).toEqual(new Float32Array(count))
  })

  test('keeps its arrays over steps and resets', () => {
    const simulator = start()
    const arrays = { ...simulator }
    const rewards = [...simulator.goalRewards]
    stepAll(simulator, 0)
    simulator.reset(0, levels[1])
    for (const [name, value] of Object.entries(arrays)) expect(simulator[name as keyof typeof arrays]).toBe(value)
    for (const [goal, values] of rewards.entries()) expect(simulator.goalRewards[goal]).toBe(values)
  })

  test('plays an episode the same alone or in a batch, in any slot, next to any others', () => {
    const together = start()
    const alone = [0, 1, 2, 3, 4].map((i) => start(i, 1))
    const playing = new Set(alone.keys())
    for (let step = 0; step < played && playing.size > 0; step++) {
      stepAll(together, step)
      for (const i of playing) {
        stepAll(alone[i], step, i)
        expectEqual(signature(alone[i], 0), signature(together, i))
        if (ended(together, i)) playing.delete(i)
      }
    }
  })

  test('level, seed and actions determine the episode: it can be replayed from them', () => {
    const simulator = start(0, 5)
    const actions = levels.slice(0, 5).map((): number[] => [])
    const outcomes = levels.slice(0, 5).map((): unknown[] => [])
    const playing = new Set(outcomes.keys())
    for (let step = 0; step < played && playing.size > 0; step++) {
      stepAll(simulator, step)
      for (const i of playing) {
        actions[i].push(actionOf(i, step))
        outcomes[i].push(signature(simulator, i))
        if (ended(simulator, i)) playing.delete(i)
      }
    }
    for (const [i, taken] of actions.entries()) {
      // Through JSON, as on another machine.
      const level = environment.levelFromJson(
        parameters,
        JSON.parse(JSON.stringify(environment.levelToJson(levels[i]))),
      )
      const episode = { level, seed: seeds.word(i), actions: [...taken, 0, 0] }
      const replayed = Array.from(replayEpisode(environment, parameters, episode), (step) =>
        signature(step.simulator, 0),
      )
      expectEqual<unknown[]>(replayed.slice(0, taken.length), outcomes[i])
      if (Number.isFinite(maxSteps)) expect(replayed).toHaveLength(taken.length)
    }
  })

  test('an episode depends on its seed if and only if the environment is stochastic', () => {
    const [one, other] = [start(), start()]
    levels.forEach((level, i) => other.reset(i, level, seeds.word(i) ^ 1))
    let differ = false
    for (let step = 0; step < Math.min(played, 40); step++) {
      for (const simulator of [one, other])
        simulator.step(Uint8Array.from({ length: count }, (_, i) => actionOf(i, step)))
      const open = [...levels.keys()].filter((i) => !ended(one, i) && !ended(other, i))
      differ ||= open.some((i) =>
        observationOf(one, i).some((value, at) => value !== other.observations[i * size + at]),
      )
      for (const simulator of [one, other])
        for (const i of levels.keys()) if (!open.includes(i)) simulator.reset(i, levels[i], 0)
    }
    expect(differ).toBe(environment.stochastic)
  })

  test('ends by its rules or at the step limit, never both, and by the limit only in its last step', () => {
    const simulator = start()
    const playing = new Set(levels.keys())
    for (let step = 0; step < played; step++) {
      stepAll(simulator, step)
      for (const i of playing) {
        const [terminated, truncated] = [simulator.terminated[i] === 1, simulator.truncated[i] === 1]
        const fits = !(terminated && truncated) && (!truncated || step + 1 === maxSteps)
        // Only of a fault, as an `expect` per step takes seconds.
        if (simulator.steps[i] !== step + 1 || !fits)
          expect.fail(`episode ${i}, step ${step + 1}: ${String(outcomeOf(simulator, i))}`)
        if (ended(simulator, i)) playing.delete(i)
      }
    }
    expect(playing.size).toBe(Number.isFinite(maxSteps) ? 0 : count)
  })

  test('is terminated, not truncated, if an episode ends by its rules in its last possible step', () => {
    for (const { i, actions } of endedEpisodes()) {
      const play = (limit: number) => {
        const world = environment.parameters.parse({ ...(parameters as object), maxSteps: limit })
        const episode = { level: levels[i], seed: seeds.word(i), actions }
        return [...replayEpisode(environment, world, episode)].at(-1)
      }
      expect(play(actions.length)).toMatchObject({ terminated: true, truncated: false })
      if (actions.length > 1) expect(play(actions.length - 1)).toMatchObject({ terminated: false, truncated: true })
    }
  })

  /** The first episodes that the true-oracle brings to an end by the rules. */
  function endedEpisodes(): { i: number; actions: number[] }[] {
    const simulator = start()
    const oracle = environment.createReference('true-oracle', parameters, simulator, (i) => levels[i])
    const chosen = new Uint8Array(count)
    const playing = new Map<number, number[]>(levels.map((_, i) => [i, []]))
    const found: { i: number; actions: number[] }[] = []
    for (let step = 0; step < played && playing.size > 0 && found.length < 10; step++) {
      oracle.act(chosen, (i) => actionStream.uniform(i, step))
      simulator.step(chosen)
      for (const [i, actions] of playing) {
        actions.push(chosen[i])
        if (!ended(simulator, i)) continue
        playing.delete(i)
        if (simulator.terminated[i] === 1) found.push({ i, actions })
      }
      for (const i of levels.keys()) if (ended(simulator, i)) simulator.reset(i, levels[i], 9)
    }
    return found
  }

  test('keeps nothing of an episode after a reset', () => {
    const used = start()
    for (let step = 0; step < played; step++) stepAll(used, step)
    levels.forEach((level, i) => used.reset(i, level, seeds.word(i)))
    const fresh = start()
    for (const i of levels.keys()) expectEqual(signature(used, i), signature(fresh, i))
    for (const simulator of [used, fresh]) stepAll(simulator, 0)
    for (const i of levels.keys()) expectEqual(signature(used, i), signature(fresh, i))
  })

  test('continues unchanged from a saved state in the middle of episodes', () => {
    const original = start()
    const halfway = Math.floor(Math.min(played, 60) / 2)
    for (let step = 0; step < halfway; step++) stepAll(original, step)
    const restored = environment.createSimulator(parameters, count)
    restored.restoreState(levels, original.saveState())
    expectEqual(restored.observations, original.observations)
    expectEqual(restored.counters, original.counters)
    expectEqual(restored.saveState(), original.saveState())
    for (let step = halfway; step < 2 * halfway; step++) {
      for (const simulator of [original, restored]) stepAll(simulator, step)
      for (const i of levels.keys()) expectEqual(signature(restored, i), signature(original, i))
    }
    expect(() => restored.restoreState(levels, [])).toThrow(RangeError)
    const short = original.saveState().map((bytes) => bytes.subarray(1))
    expect(() => restored.restoreState(levels, short)).toThrow(RangeError)
  })

  test('lets time pass on `stay`', () => {
    const simulator = start()
    simulator.step(new Uint8Array(count).fill(stay))
    expect(simulator.steps.every((steps) => steps === 1)).toBe(true)
  })
}
