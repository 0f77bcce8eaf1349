import { fileURLToPath } from 'node:url'
import { parseConfig } from './config.ts'
import { detectEngines } from './engines/detect-engines.ts'
import { runProgram } from './run-program.ts'
import { runWorker } from './run-worker.ts'

const entryOf = (path: string) => fileURLToPath(new URL(path, import.meta.url))

await runProgram(process, async () =>
  runWorker(parseConfig(process.env), {
    trainerEntry: entryOf('./trainer/main.ts'),
    detectEngines: () => detectEngines(entryOf('./engines/probe.ts')),
  }),
)
