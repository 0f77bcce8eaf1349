import { setTimeout as delay } from 'node:timers/promises'
import { GoalpostError, systemErrorCode } from '@goalpost/contracts'
import { printJson } from '../context.ts'
import { dataFolderOf, findEmbedded } from '../service/find-service.ts'
import type { Invocation, Outcome } from './command.ts'

const timeoutMs = 60_000

/** Stops the embedded service of a data folder, wherever it was started. */
export async function down({ context, global }: Invocation): Promise<Outcome> {
  const dataFolder = dataFolderOf(context, global)
  const service = await findEmbedded(dataFolder)
  if (service === null) throw new GoalpostError('not-found', `No service runs on ${dataFolder}`)
  signal(service.pid)
  const deadline = context.now() + timeoutMs
  while (isAlive(service.pid)) {
    if (context.now() > deadline)
      throw new GoalpostError('unavailable', `The service (pid ${service.pid}) did not stop; see ${service.logFolder}`)
    await delay(50)
  }
  if (global.json) printJson(context, { stopped: true, dataFolder })
  else context.print(`Stopped. Nothing is lost; the next start continues.`)
}

function signal(pid: number): void {
  try {
    process.kill(pid, 'SIGTERM')
  } catch (cause) {
    if (systemErrorCode(cause) !== 'EPERM') return
    throw new GoalpostError('insufficient-scope', `The service (pid ${pid}) belongs to another user`, { cause })
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
