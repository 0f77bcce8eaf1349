import { GoalpostError, errorTable } from '@goalpost/contracts'
import { createParser, type EventSourceMessage } from 'eventsource-parser'
import type { Http, Query } from './http.ts'

export type WatchOptions = {
  readonly signal?: AbortSignal
  /** The id of the last message already seen; 0 for all. Without it, the stream begins where the API begins it. */
  readonly lastEventId?: number
  /** Called whenever the connection is lost, before reconnecting; what it throws ends the watch. */
  readonly onReconnect?: (error: GoalpostError, waitMs: number) => void
}

/** Some streams also know `latest`: only what comes. */
type StreamOptions = Omit<WatchOptions, 'lastEventId'> & { readonly lastEventId?: number | 'latest' | undefined }

export type EventSource<Item> = {
  readonly path: string
  readonly query?: Query
  /** Null for types that this client does not know. */
  parse(message: EventSourceMessage): Item | null
  isLast(item: Item): boolean
}

const firstWaitMs = 250
const longestWaitMs = 5_000

/**
 * Server-Sent Events until the last one, or until `signal` aborts. After a lost connection it resumes behind the last
 * message that had an id; only refusals (a bad key, an unknown name) are thrown.
 */
export async function* followEvents<Item>(
  http: Http,
  source: EventSource<Item>,
  options: StreamOptions = {},
): AsyncGenerator<Item> {
  const isAborted = (): boolean => options.signal?.aborted === true
  let { lastEventId } = options
  let waitMs = firstWaitMs
  while (!isAborted()) {
    try {
      for await (const message of stream(http, source, { ...options, lastEventId })) {
        waitMs = firstWaitMs
        const item = source.parse(message)
        if (item === null) continue
        if (message.id !== undefined) lastEventId = Number(message.id)
        yield item
        if (source.isLast(item) || isAborted()) return
      }
      // A service that stops ends its streams in good order.
      options.onReconnect?.(new GoalpostError('unavailable', 'The stream ended early'), waitMs)
    } catch (error) {
      if (isAborted()) return
      if (!(error instanceof GoalpostError) || !errorTable[error.code].retryable) throw error
      options.onReconnect?.(error, waitMs)
    }
    await pause(waitMs, options.signal)
    waitMs = Math.min(waitMs * 2, longestWaitMs)
  }
}

/** One connection, until it ends or breaks. */
async function* stream(
  http: Http,
  { path, query }: Pick<EventSource<unknown>, 'path' | 'query'>,
  { lastEventId, signal }: Pick<StreamOptions, 'lastEventId' | 'signal'>,
): AsyncGenerator<EventSourceMessage> {
  const response = await http.send({
    path,
    ...(query === undefined ? {} : { query }),
    headers: {
      accept: 'text/event-stream',
      ...(lastEventId === undefined ? {} : { 'last-event-id': String(lastEventId) }),
    },
    ...(signal === undefined ? {} : { signal }),
  })
  const waiting: EventSourceMessage[] = []
  const parser = createParser({ onEvent: (message) => waiting.push(message) })
  const decoder = new TextDecoder()
  for await (const chunk of chunksOf(response)) {
    parser.feed(decoder.decode(chunk, { stream: true }))
    yield* waiting.splice(0)
  }
}

/** Not every browser can iterate streams; all can read them. */
async function* chunksOf(response: Response): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader()
  if (reader === undefined) return
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        throw new GoalpostError('unavailable', 'The connection was lost', { cause })
      })
      if (done) return
      yield value
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', finish)
      resolve()
    }
    const timer = setTimeout(finish, milliseconds)
    signal?.addEventListener('abort', finish)
    if (signal?.aborted === true) finish()
  })
}
