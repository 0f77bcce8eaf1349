import { setTimeout as delay } from 'node:timers/promises'
import { GoalpostError } from '@goalpost/contracts'
import type { BoundedLog } from './bounded-log.ts'

const timeoutMs = 60_000
const pauseMs = 20

/** Waits until the API is ready; throws its last error output if it ends. */
export async function waitUntilReady(url: string, running: () => boolean, log: BoundedLog): Promise<void> {
  const deadline = performance.now() + timeoutMs
  while (performance.now() < deadline) {
    if (await answers(url)) return
    if (!running()) throw new GoalpostError('unavailable', `The API did not start: ${lastWords(log)}`)
    await delay(pauseMs)
  }
  throw new GoalpostError('unavailable', `The API was not ready within ${timeoutMs / 1000} s: ${lastWords(log)}`)
}

/** The error, without the stack and version that Node prints below it. */
function lastWords(log: BoundedLog): string {
  const lines = log.tail()
  return lines.findLast((line) => /error/i.test(line)) ?? lines.at(-1) ?? 'it said nothing'
}

function answers(url: string): Promise<boolean> {
  return fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) }).then(
    (response) => response.ok,
    () => false,
  )
}
