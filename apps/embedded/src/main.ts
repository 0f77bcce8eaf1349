import { homedir } from 'node:os'
import type { FromSupervisor } from '@goalpost/contracts'
import { GoalpostError, errorTable } from '@goalpost/contracts'
import type { Reporter } from './app.ts'
import { startEmbedded } from './app.ts'
import { readConfig } from './config.ts'

const reporter: Reporter = {
  step: (text) => tell({ type: 'step', text }),
  trouble: (text) => tell({ type: 'trouble', text }),
}

/** Reports to the parent program, or else to the terminal. */
function tell(message: FromSupervisor): void {
  if (process.channel) return void process.send?.(message)
  if (message.type === 'failed') process.stderr.write(`${message.message}\n`)
  if (message.type === 'trouble') process.stderr.write(`${message.text}\n`)
  if (message.type === 'ready') process.stdout.write(`Goalpost is up at ${message.service.url}\n`)
}

function exitAfterFailure(error: unknown): void {
  const known =
    error instanceof GoalpostError
      ? error
      : new GoalpostError('internal', error instanceof Error ? (error.stack ?? error.message) : String(error))
  tell({ type: 'failed', code: known.code, message: known.message })
  process.exitCode = errorTable[known.code].exit
  process.disconnect?.()
}

async function run(): Promise<void> {
  const config = readConfig({ args: process.argv.slice(2), env: process.env, uid: process.getuid?.(), home: homedir() })
  const starting = startEmbedded(config, reporter)
  let stops = 0
  const stop = async (): Promise<void> => {
    stops++
    const service = await starting.catch(() => null)
    if (service === null) return
    if (stops > 1) return service.kill()
    await service.stop()
    tell({ type: 'stopped' })
    if (process.connected) process.disconnect()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop())
  if (!config.detached) process.on('disconnect', () => void stop())
  const service = await starting
  tell({ type: 'ready', service: service.service, notes: [...service.notes] })
}

run().catch(exitAfterFailure)
