import { fileURLToPath } from 'node:url'
import { readConfig } from '../src/config.ts'
import type { DetectedEngines } from '../src/engines/detect-engines.ts'
import { runProgram } from '../src/run-program.ts'
import { runWorker } from '../src/run-worker.ts'

/** The worker program, with trainers for the drill protocol and the engines of the test. */
const trainerEntry = fileURLToPath(new URL('./drill-trainer.ts', import.meta.url))

const named = (process.env['DRILL_ENGINES'] ?? 'tfjs:wasm').split(',')
const usable = named.map((name) => ({
  name,
  build: '1',
  device: name.startsWith('tfjs') ? ('cpu' as const) : ('gpu' as const),
  deviceName: null,
}))
const detectEngines = async (): Promise<DetectedEngines> => ({ usable, missing: [] })

const plannerModule = new URL('./drill-planner.ts', import.meta.url).href

await runProgram(process, async () =>
  runWorker(readConfig(process.env), { trainerEntry, detectEngines, plannerModule }),
)
