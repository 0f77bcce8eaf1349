import { fileURLToPath } from 'node:url'
import { readConfig } from './config.ts'
import { detectEngines } from './engines/detect-engines.ts'
import { runProgram } from './run-program.ts'
import { runWorker } from './run-worker.ts'

const entryOf = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Trainers inherit the environment. Settings of the API are in it where both have the same. */
const notForTrainers = [
  'DATABASE_URL',
  'REDIS_URL',
  'PGPASSWORD',
  'GOALPOST_SUITE_SALT',
  'GOALPOST_BOOTSTRAP_KEY',
  'GOALPOST_RECEIPT_SECRET',
  'GOALPOST_METRICS_TOKEN',
  'GOALPOST_OIDC_CLIENT_SECRET',
]

await runProgram(process, async () => {
  const config = readConfig(process.env)
  for (const secret of notForTrainers) delete process.env[secret]
  return runWorker(config, {
    trainerEntry: entryOf('./trainer-process/main.ts'),
    detectEngines: () => detectEngines(entryOf('./engines/probe.ts')),
    plannerModule: new URL('./schedules/planner.ts', import.meta.url).href,
  })
})
