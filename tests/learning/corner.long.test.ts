import { createEngine } from '@goalpost/engine'
import { environments, sampleMixture } from '@goalpost/environments'
import { createIndexedLevels, createNetwork, createPpoTrainer, defaultPpoOptions } from '@goalpost/learning'
import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'

test('PPO learns a 3×3 corner world to nine tenths of its optimum within seconds', async () => {
  const environment = environments.get('corner')
  if (environment === undefined) throw new Error('there is no corner environment')
  const parameters = environment.parameters.parse({ size: 3, maxSteps: 12, discount: 0.95 })
  const stream = createStream(1)
  const levels = stream.named('levels')
  const levelOf = (index: number) => sampleMixture({ environment, parameters, alpha: 0 }, levels, index)
  const options = { ...defaultPpoOptions, environments: 64, rolloutSteps: 16, discount: 0.95, learningRate: 5e-3 }
  const trainer = await createPpoTrainer({
    engine: await createEngine('tfjs:wasm'),
    network: createNetwork(
      { kind: 'mlp', hidden: [64], activation: 'relu', crop: 1 },
      { observation: environment.observation(parameters).shape, actions: environment.actions.length },
    ),
    options,
    simulator: environment.createSimulator(parameters, options.environments),
    levels: createIndexedLevels(options.environments, levelOf),
    stream,
    yieldToEventLoop: async () => {},
  })
  const optimum = meanOf(1000, (index) => environment.solve!(parameters, levelOf(index)).optimalReturns[0])
  const returns: number[] = []
  while (trainer.stepsDone() < 60_000) returns.push((await trainer.iterate()).episodes.return ?? 0)
  const early = returns[0]
  const late = meanOf(10, (i) => returns[returns.length - 1 - i])
  expect(early).toBeLessThan(0.85 * optimum)
  expect(late).toBeGreaterThan(0.9 * optimum)
})

function meanOf(count: number, value: (index: number) => number): number {
  let sum = 0
  for (let i = 0; i < count; i++) sum += value(i)
  return sum / count
}
