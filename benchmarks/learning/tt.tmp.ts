import { createEngine } from '@goalpost/engine'
import { createIndexedLevels, createPpoTrainer } from '@goalpost/learning'
import { createStream } from '@goalpost/random'
import { createWorld, trainingOptions, workloads } from './workloads.ts'
const engine = await createEngine('onnx:cpu')
const w = workloads[process.argv[2] as 'mlp13']
const options = trainingOptions(w)
const { network, simulator, levelOf } = createWorld(w, { batch: options.environments })
const trainer = await createPpoTrainer({
  engine,
  network,
  options,
  simulator,
  levels: createIndexedLevels(options.environments, levelOf),
  stream: createStream(1),
  breathe: () => new Promise((r) => setImmediate(r)),
})
await trainer.iterate()
const steps = options.environments * options.rolloutSteps
const n = Number(process.argv[3] ?? 5)
const c = process.cpuUsage(),
  t = performance.now()
for (let i = 0; i < n; i++) await trainer.iterate()
const u = process.cpuUsage(c),
  ms = performance.now() - t
console.log(
  w.name,
  'wall',
  Math.round(((steps * n) / ms) * 1000),
  'cpu',
  Math.round((steps * n) / ((u.user + u.system) / 1e6)),
  'sys share',
  (u.system / (u.user + u.system)).toFixed(2),
)
