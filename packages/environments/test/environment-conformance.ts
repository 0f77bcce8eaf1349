import { createStream } from '@goalpost/random'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { referenceNames, stay, type Environment, type Simulator } from '../src/environment.ts'
import { sampleMixture } from '../src/mixture.ts'
import { pictureLegend, pictureLines } from '../src/rendering/picture-lines.ts'
import { pictureSvg } from '../src/rendering/picture-svg.ts'
import { playReference, type Game } from './play.ts'

const count = 60

/** What everybody above relies on, of every environment; `given` are its parameters, where not the defaults. */
export function environmentConformance(environment: Environment, given: Record<string, unknown> = {}): void {
  const parameters = environment.parameters.parse(given)
  const stream = createStream(7).named('conformance')
  const draw = (alpha: number, total = count) =>
    Array.from({ length: total }, (_, i) => sampleMixture({ environment, parameters, alpha }, stream, i))
  const game: Game<unknown, unknown> = { environment, parameters, levels: draw(0.5), stream }

  describe(`${environment.name} ${JSON.stringify(given)}`, () => {
    catalogueGuarantees(environment)
    levelGuarantees(game)
    simulatorGuarantees(game)
    solverGuarantees(game)
    if (Object.keys(given).length === 0)
      distributionGuarantees({ ...game, levels: draw(0) }, { ...game, levels: draw(1) })
  })
}

function catalogueGuarantees(environment: Environment): void {
  test('introduces itself: name, version, title, description, goals, actions', () => {
    const { intendedGoal, proxyGoal, actions } = environment
    expect(environment.name).toMatch(/^[a-z][a-z0-9-]*$/)
    for (const text of [environment.version, environment.title, environment.description]) expect(text).not.toBe('')
    for (const goal of [intendedGoal, proxyGoal]) expect(goal.name && goal.description).not.toBe('')
    expect(intendedGoal.name).not.toBe(proxyGoal.name)
    expect(new Set(actions).size).toBe(actions.length)
    expect(actions.length).toBeLessThan(stay)
  })

  test('has a default for every parameter, describes them as JSON Schema, and refuses unknown ones', () => {
    const defaults = environment.parameters.parse({})
    expect(environment.parameters.parse(defaults)).toEqual(defaults)
    expect(z.toJSONSchema(environment.parameters, { io: 'input' })).toMatchObject({ type: 'object' })
    expect(environment.parameters.safeParse({ noSuchParameter: 1 }).success).toBe(false)
  })

  test('has distributions of different names, first one that agrees, then one that does not', () => {
    const { distributions } = environment
    expect(distributions.map(({ agrees }) => agrees).slice(0, 2)).toEqual([true, false])
    expect(new Set(distributions.map(({ name }) => name)).size).toBe(distributions.length)
  })
}

function levelGuarantees({ environment, parameters, levels, stream }: Game<unknown, unknown>): void {
  test('gives level i the same layout, whatever was drawn before', () => {
    const again = (i: number) => sampleMixture({ environment, parameters, alpha: 0.5 }, stream, i)
    expect(
      levels
        .toReversed()
        .map((_, i) => again(count - 1 - i))
        .toReversed(),
    ).toEqual(levels)
  })

  test('brings every level through JSON and back, in one canonical form', () => {
    for (const level of levels) {
      const text = JSON.stringify(environment.levelToJson(level))
      const back = environment.levelFromJson(parameters, JSON.parse(text))
      expect(back).toEqual(level)
      expect(JSON.stringify(environment.levelToJson(back))).toBe(text)
    }
    expect(() => environment.levelFromJson(parameters, { noSuchLevel: true })).toThrow(RangeError)
  })

  test('brings every level through a drawing and back', () => {
    for (const level of levels) {
      const drawing = environment.printLevel(parameters, level)
      expect(environment.parseLevel(parameters, drawing)).toEqual(level)
      expect(environment.parseLevel(parameters, `\n${drawing.replaceAll(/^/gm, '    ')}\n\n`)).toEqual(level)
    }
    expect(() => environment.parseLevel(parameters, '')).toThrow(/line \d+, column \d+/)
  })

  test('renders every level with its trail as text and SVG', () => {
    for (const level of levels.slice(0, 5)) {
      const picture = environment.picture(parameters, level, { actions: [0, 1, 2, 3, 0, 0] })
      expect(pictureLines(picture)).toHaveLength(picture.rows.length)
      expect(pictureLegend(picture)).not.toBe('')
      expect(pictureSvg(picture, { title: 'a < b' })).toMatch(/^<svg [^]*a &lt; b[^]*<\/svg>\n$/)
    }
  })

  test('never changes a level', () => {
    const before = structuredClone(levels)
    for (const name of referenceNames) playReference({ environment, parameters, levels, stream }, name)
    for (const level of levels) environment.solve(parameters, level)
    expect(levels).toEqual(before)
  })
}

function simulatorGuarantees({ environment, parameters, levels, stream }: Game<unknown, unknown>): void {
  const spec = environment.observation(parameters)
  const size = spec.shape[0] * spec.shape[1] * spec.shape[2]
  const { maxSteps } = environment.horizon(parameters)
  const actionStream = stream.named('actions')
  const actionOf = (episode: number, step: number) =>
    Math.floor(actionStream.uniform(episode, step) * environment.actions.length)

  function start(chosen: readonly unknown[]): Simulator<unknown> {
    const simulator = environment.createSimulator(parameters, chosen.length)
    chosen.forEach((level, i) => simulator.reset(i, level))
    return simulator
  }
  const observationOf = (simulator: Simulator<unknown>, i: number) =>
    simulator.observations.slice(i * size, (i + 1) * size)
  const outcomeOf = ({ rewards, proxyRewards, terminated, truncated, steps }: Simulator<unknown>, i: number) =>
    [rewards, proxyRewards, terminated, truncated, steps].map((values) => values[i])
  const signature = (simulator: Simulator<unknown>, i: number) => [observationOf(simulator, i), outcomeOf(simulator, i)]
  const stepAll = (simulator: Simulator<unknown>, step: number, first = 0) =>
    simulator.step(Uint8Array.from({ length: simulator.batch }, (_, i) => actionOf(first + i, step)))
  const ended = (simulator: Simulator<unknown>, i: number) => simulator.terminated[i] + simulator.truncated[i] > 0

  test('shows observations of the stated shape, in bytes 0 and 1, one name to a channel', () => {
    const simulator = start(levels)
    expect(spec.channels).toHaveLength(spec.shape[2])
    expect(simulator.observations).toHaveLength(count * size)
    stepAll(simulator, 0)
    expect(simulator.observations.every((value) => value === 0 || value === 1)).toBe(true)
  })

  test('keeps its arrays over steps and resets', () => {
    const simulator = start(levels)
    const arrays = { ...simulator }
    stepAll(simulator, 0)
    simulator.reset(0, levels[1])
    for (const [name, value] of Object.entries(arrays)) expect(simulator[name as keyof typeof arrays]).toBe(value)
  })

  test('plays an episode alike, alone or in a batch, in any slot', () => {
    const together = start(levels)
    const alone = levels.slice(0, 5).map((level) => start([level]))
    for (let step = 0; step < maxSteps; step++) {
      stepAll(together, step)
      for (const [i, simulator] of alone.entries()) {
        if (simulator.steps[0] < step || (step > 0 && ended(simulator, 0))) continue
        stepAll(simulator, step, i)
        expect(signature(simulator, 0)).toEqual(signature(together, i))
      }
    }
  })

  test('ends by its rules or at the step limit, never both, and by the limit in its last step alone', () => {
    const simulator = start(levels)
    const playing = new Set(levels.keys())
    for (let step = 0; step < maxSteps; step++) {
      stepAll(simulator, step)
      for (const i of playing) {
        expect(simulator.steps[i]).toBe(step + 1)
        expect(simulator.terminated[i] + simulator.truncated[i]).toBeLessThanOrEqual(1)
        if (simulator.truncated[i] === 1) expect(step + 1).toBe(maxSteps)
        if (ended(simulator, i)) playing.delete(i)
      }
    }
    expect(playing.size).toBe(0)
  })

  test('remembers nothing of an episode after a reset', () => {
    const used = start(levels)
    for (let step = 0; step < maxSteps; step++) stepAll(used, step)
    levels.forEach((level, i) => used.reset(i, level))
    const fresh = start(levels)
    for (const i of levels.keys()) expect(signature(used, i)).toEqual(signature(fresh, i))
  })

  test('carries on from a saved state as if nothing had happened', () => {
    const original = start(levels)
    for (let step = 0; step < maxSteps / 2; step++) {
      stepAll(original, step)
      for (const i of levels.keys()) if (ended(original, i)) original.reset(i, levels[i])
    }
    const restored = environment.createSimulator(parameters, count)
    restored.restoreState(levels, original.saveState())
    expect(restored.observations).toEqual(original.observations)
    stepAll(original, maxSteps)
    stepAll(restored, maxSteps)
    for (const i of levels.keys()) expect(signature(restored, i)).toEqual(signature(original, i))
    expect(() => restored.restoreState(levels, new Int32Array(1))).toThrow(RangeError)
  })

  test('lets time pass when told to stay', () => {
    const simulator = start(levels)
    const before = simulator.observations.slice()
    const still = levels.map((_, i) => i).filter((i) => outcomeAfterStay(simulator, i) === 0)
    for (const i of still) expect(observationOf(simulator, i)).toEqual(before.slice(i * size, (i + 1) * size))
    expect(still.length).toBeGreaterThan(0)
    expect(simulator.steps.every((steps) => steps === 1)).toBe(true)
  })

  function outcomeAfterStay(simulator: Simulator<unknown>, i: number): number {
    if (simulator.steps[0] === 0) simulator.step(new Uint8Array(simulator.batch).fill(stay))
    return simulator.rewards[i] + simulator.proxyRewards[i]
  }
}

function solverGuarantees(game: Game<unknown, unknown>): void {
  const { environment, parameters, levels } = game
  const solutions = levels.map((level) => environment.solve(parameters, level))

  test('the true-oracle reaches the optimal return on every level, and 0 where the goal cannot be reached', () => {
    const episodes = playReference(game, 'true-oracle')
    for (const [i, episode] of episodes.entries()) expect(episode.return).toBeCloseTo(solutions[i].optimalReturn, 10)
    for (const { solvable, optimalReturn } of solutions) expect(optimalReturn > 0).toBe(solvable)
  })

  test('an oracle plays level after level in one slot, as it plays each of them alone', () => {
    const { discount } = environment.horizon(parameters)
    const simulator = environment.createSimulator(parameters, 1)
    let current = 0
    const oracle = environment.createReference('true-oracle', parameters, simulator, () => levels[current])
    const action = new Uint8Array(1)
    for (; current < count; current++) {
      let total = 0
      simulator.reset(0, levels[current])
      do {
        oracle.act(action, () => 0)
        simulator.step(action)
        total += simulator.rewards[0] * discount ** (simulator.steps[0] - 1)
      } while (simulator.terminated[0] + simulator.truncated[0] === 0)
      expect(total).toBeCloseTo(solutions[current].optimalReturn, 10)
    }
  })

  test('the either-oracle reaches the larger of the two optimal returns on every level', () => {
    const episodes = playReference(game, 'either-oracle')
    for (const [i, episode] of episodes.entries()) {
      const best = Math.max(solutions[i].optimalReturn, solutions[i].optimalProxyReturn)
      expect(solutions[i].optimalEitherReturn).toBe(best)
      expect(Math.max(episode.return, episode.proxyReturn)).toBeCloseTo(best, 10)
    }
  })

  test.each(referenceNames)('no episode of %s beats the optimum of either goal', (name) => {
    for (const [i, episode] of playReference(game, name).entries()) {
      expect(episode.return).toBeLessThanOrEqual(solutions[i].optimalReturn + 1e-12)
      expect(episode.proxyReturn).toBeLessThanOrEqual(solutions[i].optimalProxyReturn + 1e-12)
    }
  })
}

function distributionGuarantees(agreeing: Game<unknown, unknown>, apart: Game<unknown, unknown>): void {
  test('pays goal and proxy alike on every level where they agree, whatever the policy does', () => {
    for (const name of referenceNames)
      for (const episode of playReference(agreeing, name)) expect(episode.proxyReturn).toBe(episode.return)
  })

  test('pays them apart where they do not agree: the proxy-oracle gets the proxy and little else', () => {
    const episodes = playReference(apart, 'proxy-oracle')
    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
    expect(sum(episodes.map((episode) => episode.return))).toBeLessThan(0.5 * sum(episodes.map((e) => e.proxyReturn)))
  })
}
