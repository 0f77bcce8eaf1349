import { setImmediate as nextTurn } from 'node:timers/promises'

/** Runs `read`, or joins the read of the same key that is about to start. */
export type SharedRead<Value> = (key: string, read: () => Promise<Value>) => Promise<Value>

/**
 * One read for all who ask for the same key in the same turn of the event loop, such as the watchers that one poll has
 * woken. It starts after all have asked, so no answer is older than its question. Unlike a shared poll, it reads in the
 * context of who asks first, so within their workspace, and keys do not wait for each other.
 */
export function createSharedRead<Value>(): SharedRead<Value> {
  const awaited = new Map<string, Promise<Value>>()
  return (key, read) => {
    const known = awaited.get(key)
    if (known !== undefined) return known
    const reading = nextTurn().then(() => {
      awaited.delete(key)
      return read()
    })
    awaited.set(key, reading)
    return reading
  }
}
