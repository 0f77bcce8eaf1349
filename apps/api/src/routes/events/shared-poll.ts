import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'

/** Resolves with what is read next under this key, or with null if there is no such thing. */
export type SharedPoll<Value> = (key: string) => Promise<Value | null>

/**
 * Runs one statement per `pauseMs` for all who ask for any keys, and none if nobody asks. Who asks during a statement gets the
 * next one, so no answer is older than its question. Without a pause it joins the questions that arrive at the same time.
 */
export function createSharedPoll<Value>(
  read: (keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>,
  pauseMs: number,
): SharedPoll<Value> {
  type Waiting = PromiseWithResolvers<Value | null>
  let waiting = new Map<string, Waiting>()
  let isPolling = false
  const answer = async (asked: ReadonlyMap<string, Waiting>): Promise<void> => {
    try {
      const found = await read([...asked.keys()])
      for (const [key, { resolve }] of asked) resolve(found.get(key) ?? null)
    } catch (error) {
      for (const { reject } of asked.values()) reject(error)
    }
  }
  const poll = async (): Promise<void> => {
    isPolling = true
    while (waiting.size > 0) {
      await (pauseMs === 0 ? nextTurn() : sleep(pauseMs))
      const asked = waiting
      waiting = new Map()
      await answer(asked)
    }
    isPolling = false
  }
  return (key) => {
    const own = waiting.get(key) ?? Promise.withResolvers<Value | null>()
    waiting.set(key, own)
    if (!isPolling) void poll()
    return own.promise
  }
}
