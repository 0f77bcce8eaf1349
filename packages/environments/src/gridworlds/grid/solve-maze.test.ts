import { createStream } from '@goalpost/random'
import { describe, expect, test } from 'vitest'
import { corner } from '../corner/corner.ts'
import { dish } from '../dish/dish.ts'
import type { Environment } from '../../environment.ts'
import { sampleMixture } from '../../mixture.ts'

const maxSteps = 6

/** Plays all sequences of actions at once, one per slot, and returns the best of goal and proxy. */
function bestByEnumeration(
  environment: Environment,
  parameters: unknown,
  level: unknown,
): [goal: number, proxy: number] {
  const { discount } = environment.horizon(parameters)
  const sequences = 4 ** maxSteps
  const simulator = environment.createSimulator(parameters, sequences)
  for (let i = 0; i < sequences; i++) simulator.reset(i, level)
  const ended = new Uint8Array(sequences)
  const actions = new Uint8Array(sequences)
  const best: [number, number] = [0, 0]
  for (let step = 0; step < maxSteps; step++) {
    for (let i = 0; i < sequences; i++) actions[i] = (i >> (2 * step)) & 3
    simulator.step(actions)
    for (let i = 0; i < sequences; i++) {
      if (ended[i] === 1) continue
      best[0] = Math.max(best[0], simulator.goalRewards[0][i] * discount ** step)
      best[1] = Math.max(best[1], simulator.goalRewards[1][i] * discount ** step)
      ended[i] = simulator.terminated[i]
    }
  }
  return best
}

describe.each<{ readonly environment: Environment; readonly given: object }>([
  { environment: corner, given: { ending: 'cheese' } },
  { environment: corner, given: { ending: 'both' } },
  { environment: dish, given: { dishes: 1 } },
])('$environment.name $given', ({ environment, given }) => {
  test(`solves like the enumeration of all 4^${maxSteps} sequences of actions, on 60 worlds of 3 × 3 and 4 × 4`, () => {
    const reached = [0, 0]
    for (let i = 0; i < 60; i++) {
      const parameters = environment.parameters.parse({
        size: 3 + (i % 2),
        wallProbability: 0.3,
        maxSteps,
        discount: 0.9,
        ...given,
      })
      const level = sampleMixture({ environment, parameters, alpha: 0.8 }, createStream(29), i)
      const [goal, proxy] = bestByEnumeration(environment, parameters, level)
      const solution = environment.solve!(parameters, level)
      expect(solution.optimalReturns[0], environment.printLevel!(parameters, level)).toBeCloseTo(goal, 12)
      expect(solution.optimalReturns[1], environment.printLevel!(parameters, level)).toBeCloseTo(proxy, 12)
      reached[0] += Math.sign(goal)
      reached[1] += Math.sign(proxy)
    }
    // The comparison means something only where both outcomes occur.
    for (const count of reached) expect(count).toBeGreaterThan(15)
    for (const count of reached) expect(count).toBeLessThan(60)
  })
})
