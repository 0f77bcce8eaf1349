/**
 * Goalpost as a contestant: one PPO update, one iteration of training, or one rollout of the policy.
 * Started by the drivers beside this file, with one JSON argument {work, workload, engine, lookups}; see serve.ts.
 */
import { createEngine, type Engine, type EngineName } from '@goalpost/engine'
import {
  createIndexedLevels,
  createOptimizer,
  createPolicy,
  createPpoTrainer,
  defaultPpoOptions,
  initializeParameters,
} from '@goalpost/learning'
import { createStream } from '@goalpost/random'
import { drawMinibatch } from './minibatch.ts'
import { serve } from './serve.ts'
import { createWorld, trainingOptions, workloads, type WorkloadName } from './workloads.ts'

export type OurWork = 'update' | 'training' | 'rollout'
export type OurRequest = {
  readonly work: OurWork
  readonly workload: WorkloadName
  readonly engine: EngineName
  /** See `createWorld`; an update without them does the same arithmetic as its peers. */
  readonly lookups: boolean
}

type Run = () => Promise<unknown>

async function createUpdate(engine: Engine, { workload, lookups }: OurRequest): Promise<Run> {
  const options = { ...defaultPpoOptions, environments: workloads[workload].samples, rolloutSteps: 1, minibatches: 1 }
  const world = createWorld(workloads[workload], { batch: options.environments, lookups })
  const { network } = world
  const parameters = initializeParameters(network, createStream(1).named('init'))
  const optimizer = await createOptimizer({ engine, network, options }, parameters)
  const minibatch = drawMinibatch(world, options.environments)
  return () => optimizer.update(minibatch, options.learningRate)
}

async function createTraining(engine: Engine, { workload, lookups }: OurRequest): Promise<Run> {
  const options = trainingOptions(workloads[workload])
  const { network, simulator, levelOf } = createWorld(workloads[workload], { batch: options.environments, lookups })
  const trainer = await createPpoTrainer({
    engine,
    network,
    options,
    simulator,
    levels: createIndexedLevels(options.environments, levelOf),
    stream: createStream(1),
    yieldToEventLoop: () => new Promise((resolve) => setImmediate(resolve)),
  })
  return () => trainer.iterate()
}

/** A training's rollout, with actions sampled from the network and no learning. */
async function createRollout(engine: Engine, { workload, lookups }: OurRequest): Promise<Run> {
  const { environments: batch, rolloutSteps } = trainingOptions(workloads[workload])
  const { network, simulator, levelOf } = createWorld(workloads[workload], { batch, lookups })
  const parameters = initializeParameters(network, createStream(1).named('init'))
  const policy = await createPolicy(engine, { network: network.spec, interface: network.interface, parameters }, batch)
  const draws = createStream(1).named('actions')
  const actions = new Uint8Array(batch)
  let nextLevel = 0
  let counter = 0
  const begin = (slot: number) => simulator.reset(slot, levelOf(nextLevel++))
  for (let slot = 0; slot < batch; slot++) begin(slot)
  return async () => {
    for (let step = 0; step < rolloutSteps; step++, counter++) {
      await policy.sampled.act(simulator.observations, actions, (slot) => draws.uniform(counter, slot))
      simulator.step(actions)
      for (let slot = 0; slot < batch; slot++)
        if (simulator.terminated[slot] === 1 || simulator.truncated[slot] === 1) begin(slot)
    }
  }
}

const works = { update: createUpdate, training: createTraining, rollout: createRollout } as const

const request = JSON.parse(process.argv[2] ?? '{}') as OurRequest
const engine = await createEngine(request.engine)
const run = await works[request.work](engine, request)
await serve({ version: `${engine.info.name} ${engine.info.build}`, run }, request.work === 'training' ? 1 : 3)
