import { setTimeout as delay } from 'node:timers/promises'
import { GoalpostError } from '@goalpost/contracts'
import type { BoundedLog } from './bounded-log.ts'

const timeoutMs = 60_000
const pauseMs = 20

export type StartingApi = {
  readonly url: string
  /** Whether its process is alive. */
  running(): boolean
  /** Whether its process has the port. Another program that has it may answer anything. */
  listening(): boolean
  readonly log: BoundedLog
}

/** Waits until the API is ready; throws its last error output if it ends, or that another program has its port. */
export async function waitUntilReady({ url, running, listening, log }: StartingApi): Promise<void> {
  const deadline = performance.now() + timeoutMs
  while (performance.now() < deadline) {
    if (listening() && (await answers(url))) return
    if (!running())
      throw (await isTaken(url))
        ? portTaken(url)
        : new GoalpostError('unavailable', `The API did not start: ${lastWords(log)}`)
    await delay(pauseMs)
  }
  throw new GoalpostError('unavailable', `The API was not ready within ${timeoutMs / 1000} s: ${lastWords(log)}`)
}

function portTaken(url: string): GoalpostError {
  const remedy = 'choose another with --port, or --port 0 for any'
  return new GoalpostError('state-conflict', `Another program answers at ${url}; ${remedy}`)
}

/** The error, without the stack and version that Node prints below it. */
function lastWords(log: BoundedLog): string {
  const lines = log.tail()
  return lines.findLast((line) => /error/i.test(line)) ?? lines.at(-1) ?? 'it said nothing'
}

const ask = (url: string) => fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) })

function answers(url: string): Promise<boolean> {
  return ask(url).then(
    (response) => response.ok,
    () => false,
  )
}

/** Any answer will do, of any program. */
function isTaken(url: string): Promise<boolean> {
  return ask(url).then(
    () => true,
    () => false,
  )
}
