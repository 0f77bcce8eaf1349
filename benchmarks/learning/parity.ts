/**
 * Whether two engines compute the same: single PPO updates from states along a training on the second,
 * the differences of parameters and metrics, and whether the same update gives the same bits again. For cards that no
 * CI has; the tests check small networks on every engine of the machine.
 *
 *   npx node benchmarks/learning/parity.ts --engine onnx:webgpu|onnx:cuda|… [--against onnx:cpu] [--workload impala64]
 *     [--samples 64]
 */
import { parseArgs } from 'node:util'
import { createEngine, engineNames } from '@goalpost/engine'
import { createOptimizer, defaultPpoOptions, initializeParameters, type Optimizer } from '@goalpost/learning'
import { createStream } from '@goalpost/random'
import { describeMachine } from './machine.ts'
import { drawMinibatch } from './minibatch.ts'
import { createWorld, workloads, type WorkloadName } from './workloads.ts'

const { values } = parseArgs({
  options: {
    engine: { type: 'string', default: 'onnx:webgpu' },
    against: { type: 'string', default: 'onnx:cpu' },
    workload: { type: 'string', default: 'impala64' },
    samples: { type: 'string', default: '64' },
  },
})
const samples = Number(values.samples)
const compared = [0, 1, 10]

const world = createWorld(workloads[values.workload as WorkloadName], { batch: samples })
const { network } = world
const options = { ...defaultPpoOptions, environments: samples, rolloutSteps: 1, minibatches: 1 }
const minibatch = drawMinibatch(world, samples)
const initial = initializeParameters(network, createStream(1).named('init'))

async function open(wanted: string): Promise<Optimizer> {
  const name = engineNames.find((known) => known === wanted)
  if (name === undefined) throw new RangeError(`engines are ${engineNames.join(', ')}`)
  const engine = await createEngine(name)
  console.log(`${name} ${engine.info.build} on ${engine.info.device}`)
  return createOptimizer({ engine, network, options }, initial)
}

type Outcome = { readonly parameters: Float32Array; readonly metrics: readonly number[] }

async function updateFrom(optimizer: Optimizer, state: Awaited<ReturnType<Optimizer['save']>>): Promise<Outcome> {
  optimizer.restore(state)
  const metrics = Object.values(await optimizer.update(minibatch, options.learningRate))
  return { metrics, parameters: (await optimizer.save()).parameters }
}

const largest = (distances: ArrayLike<number>) => Array.from(distances).reduce((most, one) => Math.max(most, one), 0)

function compare(a: Outcome, b: Outcome): { readonly parameters: number; readonly metrics: number } {
  const relative = a.metrics.map((value, i) => {
    const other = b.metrics[i] ?? Number.NaN
    return Math.abs(value - other) / Math.max(1, Math.abs(other))
  })
  const absolute = a.parameters.map((value, i) => Math.abs(value - (b.parameters[i] ?? Number.NaN)))
  return { parameters: largest(absolute), metrics: largest(relative) }
}

console.log(`${network.size} parameters, ${samples} samples, ${describeMachine()}`)
const [examined, reference] = [await open(values.engine), await open(values.against)]
for (let done = 0; done <= Math.max(...compared); done++) {
  const state = await reference.save()
  const expected = await updateFrom(reference, state)
  if (!compared.includes(done)) continue
  const [first, again] = [await updateFrom(examined, state), await updateFrom(examined, state)]
  const apart = compare(first, expected)
  const { parameters, metrics } = compare(first, again)
  console.log(
    `after ${done} updates: parameters differ by ${apart.parameters.toExponential(1)}, ` +
      `metrics by ${apart.metrics.toExponential(1)} of themselves; ` +
      `again: ${parameters + metrics === 0 ? 'the same bits' : 'other bits'}`,
  )
}
