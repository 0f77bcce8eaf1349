import {
  GoalpostError,
  errorTable,
  experimentEnd,
  experimentEvent,
  experimentProgress,
  type ExperimentEnd,
  type ExperimentEvent,
  type ExperimentProgress,
} from '@goalpost/contracts'
import { createParser, type EventSourceMessage } from 'eventsource-parser'
import type { Http } from './http.ts'

/** Events of an experiment. Changes arrive in order and without gaps; only the latest progress counts. */
export type Sighting =
  | { readonly type: 'change'; readonly change: ExperimentEvent }
  | { readonly type: 'progress'; readonly progress: ExperimentProgress }
  | { readonly type: 'end'; readonly end: ExperimentEnd }

export type WatchOptions = {
  readonly signal?: AbortSignal
  /** The `sequence` of the last change already seen; 0 for all changes. */
  readonly lastEventId?: number
  /** Called whenever the connection is lost, before reconnecting. */
  readonly onReconnect?: (error: GoalpostError, waitMs: number) => void
}

const firstWaitMs = 250
const longestWaitMs = 5_000

/**
 * Follows an experiment until it ends or `signal` aborts. After a lost connection it resumes at the same place; only
 * refusals (a bad key, an unknown experiment) are thrown.
 */
export async function* watch(http: Http, experimentId: string, options: WatchOptions = {}): AsyncGenerator<Sighting> {
  const isAborted = (): boolean => options.signal?.aborted === true
  let lastEventId = options.lastEventId ?? 0
  let waitMs = firstWaitMs
  while (!isAborted()) {
    try {
      for await (const sighting of stream(http, experimentId, { ...options, lastEventId })) {
        waitMs = firstWaitMs
        if (sighting.type === 'change') lastEventId = sighting.change.sequence
        yield sighting
        if (sighting.type === 'end' || isAborted()) return
      }
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
  experimentId: string,
  { lastEventId, signal }: WatchOptions & { readonly lastEventId: number },
): AsyncGenerator<Sighting> {
  const response = await http.send({
    path: `/v1/experiments/${encodeURIComponent(experimentId)}/events`,
    headers: { accept: 'text/event-stream', 'last-event-id': String(lastEventId) },
    ...(signal === undefined ? {} : { signal }),
  })
  const waiting: EventSourceMessage[] = []
  const parser = createParser({ onEvent: (message) => waiting.push(message) })
  const decoder = new TextDecoder()
  for await (const chunk of chunksOf(response)) {
    parser.feed(decoder.decode(chunk, { stream: true }))
    for (const message of waiting.splice(0)) {
      const sighting = parseSighting(message)
      if (sighting !== null) yield sighting
    }
  }
}

/** Not every browser can iterate streams; all can read them. */
async function* chunksOf(response: Response): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader()
  if (reader === undefined) return
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        throw new GoalpostError('unavailable', 'The connection broke off', { cause })
      })
      if (done) return
      yield value
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

/** Null for types that this client does not know. */
function parseSighting({ event, data }: EventSourceMessage): Sighting | null {
  switch (event) {
    case 'change':
      return { type: 'change', change: experimentEvent.parse(JSON.parse(data)) }
    case 'progress':
      return { type: 'progress', progress: experimentProgress.parse(JSON.parse(data)) }
    case 'end':
      return { type: 'end', end: experimentEnd.parse(JSON.parse(data)) }
    default:
      return null
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
