/**
 * Trained steps per second: environment steps that PPO has both played and learnt from (256 environments × 32 steps,
 * 4 epochs × 4 minibatches), level generation and observations included, on one thread of TensorFlow.js's wasm backend.
 *
 *   npx node benchmarks/learning/trained-steps.ts [seconds per workload]
 */
import { createEngine } from '@goalpost/engine'
import { createIndexedLevels, createPpoTrainer, defaultPpoOptions } from '@goalpost/learning'
import { createStream } from '@goalpost/random'
import { describeMachine, perSecond, timeRepeated } from './machine.ts'
import { createWorld, workloads } from './workloads.ts'

const seconds = Number(process.argv[2] ?? 5)
const { environments, rolloutSteps } = defaultPpoOptions
const steps = environments * rolloutSteps

const engine = await createEngine('tfjs:wasm')
console.log(`PPO, trained steps/s; ${engine.info.name} ${engine.info.build}; ${describeMachine()}`)
for (const workload of workloads) {
  const { network, simulator, levelOf } = createWorld(workload, environments)
  const trainer = await createPpoTrainer({
    engine,
    network,
    options: defaultPpoOptions,
    simulator,
    levels: createIndexedLevels(environments, levelOf),
    stream: createStream(1),
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
  })
  const { wallMs, cpuMs } = await timeRepeated(seconds, () => trainer.iterate())
  console.log(`${workload.name}: ${perSecond(steps, wallMs)} (${perSecond(steps, cpuMs)} per second of processor time)`)
  trainer.dispose()
}
