import { fileURLToPath } from 'node:url'
import { parseConfig } from './config.ts'
import { runProgram } from './run-program.ts'
import { runWorker } from './run-worker.ts'

const trainerEntry = fileURLToPath(new URL('./trainer/main.ts', import.meta.url))

await runProgram(process, async () => runWorker(parseConfig(process.env), trainerEntry))
