import { fileURLToPath } from 'node:url'
import { alsoForTrainers, hideSecrets, notForTrainers } from '@goalpost/artifacts'
import { keyVariables } from '@goalpost/hosted-models'
import { readConfig } from './config.ts'
import { detectEngines } from './engines/detect-engines.ts'
import { runProgram } from './run-program.ts'
import { runWorker } from './run-worker.ts'

const entryOf = (path: string) => fileURLToPath(new URL(path, import.meta.url))

await runProgram(process, async () => {
  const config = readConfig(process.env)
  for (const secret of notForTrainers) delete process.env[secret]
  const warning = hideSecrets([...notForTrainers, ...alsoForTrainers, ...keyVariables(process.env)], process.env)
  return runWorker(config, {
    warning,
    trainerEntry: entryOf('./trainer-process/main.ts'),
    detectEngines: () => detectEngines(entryOf('./engines/probe.ts')),
    plannerModule: new URL('./schedules/planner.ts', import.meta.url).href,
  })
})
