import { fileURLToPath } from 'node:url'
import { parseConfig } from '../src/config.ts'
import { runProgram } from '../src/run-program.ts'
import { runWorker } from '../src/run-worker.ts'

/** The worker program, with trainers that know the protocol of the drills. */
const trainerEntry = fileURLToPath(new URL('./drill-trainer.ts', import.meta.url))

await runProgram(process, async () => runWorker(parseConfig(process.env), trainerEntry))
