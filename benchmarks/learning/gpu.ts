/**
 * IMPALA on 64×64×3 images: one PPO update of 512 samples, and trained steps/s of 64 environments × 64 steps (4 epochs
 * × 8 minibatches) on a world of negligible cost, on our GPU engine and in PyTorch on the same card, TF32 off and on.
 *
 *   npx node benchmarks/learning/gpu.ts --engine onnx:webgpu|onnx:cuda|… [--python path] [--device cuda] [--runs 7] [--json]
 */
import { parseArgs } from 'node:util'
import { engineNames } from '@goalpost/engine'
import { compete } from './compete.ts'
import { listGpuContests } from './contests.ts'
import { describeMachine } from './machine.ts'
import { formatResult } from './table.ts'

const { values } = parseArgs({
  options: {
    engine: { type: 'string', default: 'onnx:webgpu' },
    python: { type: 'string', default: 'python3' },
    device: { type: 'string', default: 'cuda' },
    runs: { type: 'string', default: '7' },
    json: { type: 'boolean', default: false },
  },
})
const engine = engineNames.find((name) => name === values.engine)
if (engine === undefined) throw new RangeError(`engines are ${engineNames.join(', ')}`)

const results = []
if (!values.json) console.log(`${engine}, ${values.runs} runs; ${describeMachine()}`)
for (const contest of listGpuContests({ engine, python: values.python }, values.device)) {
  // Not pinned, as a driver's threads are part of a GPU's cost.
  const result = await compete(contest, { runs: Number(values.runs), core: null, clock: 'wall' })
  results.push(result)
  if (!values.json) console.log(`\n${formatResult(result)}`)
}
if (values.json) console.log(JSON.stringify({ machine: describeMachine(), engine, results }, null, 2))
