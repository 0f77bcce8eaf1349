/**
 * Goalpost as a contestant: the training of an example's first condition, iteration after iteration. Started by
 * trained-steps.ts beside this file, with one JSON argument {options, engine}; see serve.ts.
 */
import { createEngine, type EngineName } from '@goalpost/engine'
import { environments, sampleMixture } from '@goalpost/environments'
import { createIndexedLevels, createNetwork, createPpoTrainer, type PpoTrainer } from '@goalpost/learning'
import { createStream } from '@goalpost/random'
import type { ExampleTraining } from './examples.ts'
import { serve } from './serve.ts'

export type ExampleRequest = { readonly training: ExampleTraining; readonly engine: EngineName }

/** As in the executor of a task: packages/protocols/src/rl-shift/subjects/trained/run/train.ts. */
async function createTrainer({ training, engine }: ExampleRequest): Promise<PpoTrainer> {
  const { parameters: given, alpha, network, ppo } = training
  const environment = environments.get(training.environment)
  if (environment === undefined) throw new Error(`there is no environment called ${training.environment}`)
  const parameters = environment.parameters.parse(given)
  const { shape, element, oneHot, blank } = environment.observation(parameters)
  const { discount, maxSteps } = environment.horizon(parameters)
  const stream = createStream(1)
  const levels = stream.named('levels')
  return createPpoTrainer({
    engine: await createEngine(engine),
    network: createNetwork(network, {
      observation: shape,
      ...(element === 'byte' ? { element } : {}),
      ...(oneHot === undefined ? {} : { oneHot }),
      ...(blank === undefined ? {} : { blank }),
      actions: environment.actions.length,
    }),
    options: { ...ppo, discount, totalSteps: training.steps },
    simulator: environment.createSimulator(parameters, ppo.environments),
    levels: createIndexedLevels(ppo.environments, (index) =>
      sampleMixture({ environment, parameters, alpha }, levels, index),
    ),
    proxyAggregate: environment.goals[1].aggregate ?? 'discounted',
    continuing: !Number.isFinite(maxSteps),
    stream,
    yieldToEventLoop: () => new Promise((resolve) => setImmediate(resolve)),
  })
}

const request = JSON.parse(process.argv[2] ?? '{}') as ExampleRequest
const { environments: slots, rolloutSteps } = request.training.ppo
const trainer = await createTrainer(request)
let iterations = 0
let parameters = await trainer.parameters()
let updates: Readonly<Record<string, number>> = {}

/** After the clock has stopped: checks that all counted steps were used for learning, and that parameters changed. */
async function means(): Promise<Readonly<Record<string, number>>> {
  const now = Float32Array.from(await trainer.parameters())
  if (trainer.stepsDone() !== iterations * slots * rolloutSteps)
    throw new Error(`${trainer.stepsDone()} steps were done`)
  if (!now.every(Number.isFinite)) throw new Error('parameters are no numbers any more')
  if (now.every((value, i) => value === parameters[i])) throw new Error('nothing was learnt')
  parameters = now
  return updates
}

async function run(): Promise<void> {
  ;({ updates } = await trainer.iterate())
  iterations++
}

await serve({ version: `${parameters.length}`, run, means }, 1)
