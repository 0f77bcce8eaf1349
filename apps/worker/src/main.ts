import { fileURLToPath } from 'node:url'
import { readConfig } from './config.ts'
import { detectEngines } from './engines/detect-engines.ts'
import { runProgram } from './run-program.ts'
import { runWorker } from './run-worker.ts'

const entryOf = (path: string) => fileURLToPath(new URL(path, import.meta.url))

await runProgram(process, async () => {
  const config = readConfig(process.env)
  // Trainers inherit the environment, and need neither.
  for (const secret of ['DATABASE_URL', 'REDIS_URL', 'GOALPOST_SUITE_SALT']) delete process.env[secret]
  return runWorker(config, {
    trainerEntry: entryOf('./trainer-process/main.ts'),
    detectEngines: () => detectEngines(entryOf('./engines/probe.ts')),
    plannerModule: new URL('./schedules/planner.ts', import.meta.url).href,
  })
})
