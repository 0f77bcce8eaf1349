import { GoalpostError } from '@goalpost/contracts'
import type { Owner } from './connection.ts'

const startTimeoutMs = 10_000
const closeTimeoutMs = 3_000

type Connecting = Owner & { waitUntilReady(): Promise<unknown>; close(): Promise<void> }

/**
 * Resolves once the server has answered.
 * @throws GoalpostError `unavailable`, with everything closed again.
 */
export async function connected<T extends Connecting>(opening: Promise<T>): Promise<T> {
  try {
    const opened = await opening
    try {
      await within(opened.waitUntilReady(), startTimeoutMs)
      return opened
    } catch (error) {
      await shut(opened, opened.close())
      throw error
    }
  } catch (cause) {
    throw new GoalpostError('unavailable', `The queue cannot be reached: ${reason(cause)}`, { cause })
  }
}

/**
 * Awaits an answer of the server. Without this, the failure of a queue would look like one of the database, in whose
 * transaction jobs are added.
 * @throws GoalpostError `unavailable`.
 */
export async function answered<T>(asking: Promise<T>): Promise<T> {
  try {
    return await asking
  } catch (cause) {
    if (cause instanceof GoalpostError) throw cause
    throw new GoalpostError('unavailable', `The queue does not answer: ${reason(cause)}`, { cause })
  }
}

/** Waits for `closing`, but not long: an unavailable server must not keep the process from ending. */
export async function shut(owner: Owner, closing: Promise<void>): Promise<void> {
  await within(closing, closeTimeoutMs).catch(() => undefined)
  await within(owner.closeConnections(), closeTimeoutMs).catch(() => undefined)
}

async function within<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs)
  })
  try {
    return await Promise.race([work, timeout])
  } finally {
    clearTimeout(timer)
  }
}

/** An AggregateError of node:net, one error per address, has an empty message and a code. */
function reason(cause: unknown): string {
  if (cause instanceof Error) return cause.message || ('code' in cause ? String(cause.code) : cause.name)
  return String(cause)
}
