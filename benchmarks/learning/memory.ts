/**
 * Whether memory stays constant over 10,000 PPO updates: the engine's tensors and bytes, and the resident set of the
 * process, every tenth of the way; and how much the last grows per 1,000 updates (least squares, the first tenth left
 * out).
 *
 *   npx node benchmarks/learning/memory.ts [--engine onnx:cpu] [--updates 10000] [--workload mlp5]
 */
import { parseArgs } from 'node:util'
import { createEngine, engineNames } from '@goalpost/engine'
import { createOptimizer, defaultPpoOptions, initializeParameters } from '@goalpost/learning'
import { createStream } from '@goalpost/random'
import { describeMachine } from './machine.ts'
import { drawMinibatch } from './minibatch.ts'
import { slopeOf } from './statistics.ts'
import { createWorld, workloads, type WorkloadName } from './workloads.ts'

const { values } = parseArgs({
  options: {
    engine: { type: 'string', default: 'onnx:cpu' },
    updates: { type: 'string', default: '10000' },
    workload: { type: 'string', default: 'mlp5' },
  },
})
const name = engineNames.find((known) => known === values.engine)
if (name === undefined) throw new RangeError(`engines are ${engineNames.join(', ')}`)
const workload = workloads[values.workload as WorkloadName]
const updates = Number(values.updates)

const engine = await createEngine(name)
const options = { ...defaultPpoOptions, environments: workload.samples, rolloutSteps: 1, minibatches: 1 }
const world = createWorld(workload, { batch: workload.samples })
const parameters = initializeParameters(world.network, createStream(1).named('init'))
const optimizer = await createOptimizer({ engine, network: world.network, options }, parameters)
const minibatch = drawMinibatch(world, workload.samples)

console.log(`${updates} updates, ${workload.name}, ${engine.info.name} ${engine.info.build}; ${describeMachine()}`)
const rows: { updates: number; tensors: number; engineMiB: number; residentMiB: number }[] = []
const mebibytes = (bytes: number) => Math.round((bytes / 2 ** 20) * 100) / 100
for (let done = 1; done <= updates; done++) {
  await optimizer.update(minibatch, options.learningRate)
  if (done % Math.ceil(updates / 10) !== 0) continue
  const { tensors, bytes } = engine.memory()
  rows.push({ updates: done, tensors, engineMiB: mebibytes(bytes), residentMiB: mebibytes(process.memoryUsage.rss()) })
}
console.table(rows)
const settled = rows.slice(1)
for (const column of ['tensors', 'engineMiB', 'residentMiB'] as const) {
  const slope = slopeOf(settled.map((row) => [row.updates / 1_000, row[column]]))
  console.log(`${column} per 1,000 updates: ${slope.toFixed(3)}`)
}
optimizer.dispose()
engine.dispose()
