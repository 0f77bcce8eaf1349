import { toOtlp, type EndedSpan } from './otlp.ts'

export type TraceExporter = {
  add(span: EndedSpan): void
  /** Sends what is left, and waits for it at most some seconds. */
  close(): Promise<void>
}

export type ExporterOptions = {
  readonly service: string
  /** As in `OTEL_EXPORTER_OTLP_ENDPOINT`: `/v1/traces` is added. */
  readonly endpoint: string
  readonly headers: Readonly<Record<string, string>>
  /** Called for the first of consecutive failures. */
  readonly onError: (error: unknown) => void
}

const pauseMs = 1_000
const timeoutMs = 5_000
/** Shutting down must not wait for a collector that hangs. */
const closeMs = 3_000
const atOnce = 512
/** Without a collector the oldest are dropped: traces must never fill the memory. */
const mostWaiting = 4_096

/** Sends spans in batches. A batch that cannot be sent is dropped: traces are no data. */
export function createExporter({ service, endpoint, headers, onError }: ExporterOptions): TraceExporter {
  const url = `${endpoint.replace(/\/+$/, '')}/v1/traces`
  const waiting: EndedSpan[] = []
  let timer: NodeJS.Timeout | null = null
  let sending: Promise<void> | null = null
  let failing = false
  const gaveUp = new AbortController()

  async function post(spans: readonly EndedSpan[]): Promise<void> {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(toOtlp(service, spans)),
        signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), gaveUp.signal]),
      })
      await response.body?.cancel()
      if (!response.ok) throw new Error(`The collector of traces answered ${response.status}`)
      failing = false
    } catch (error) {
      if (!failing) onError(error)
      failing = true
    }
  }
  async function sendAll(): Promise<void> {
    while (waiting.length > 0) await post(waiting.splice(0, atOnce))
  }
  // One batch at a time: what a slow collector has not taken stays in `waiting`, which is limited.
  function flush(): Promise<void> {
    if (timer !== null) clearTimeout(timer)
    timer = null
    sending ??= sendAll().finally(() => {
      sending = null
    })
    return sending
  }
  return {
    add(span) {
      waiting.push(span)
      if (waiting.length > mostWaiting) waiting.shift()
      // Not before there is something to send: an idle process has no timer.
      timer ??= setTimeout(() => void flush(), pauseMs).unref()
    },
    close() {
      // What is left is dropped: a request that is still open would keep the process alive.
      const deadline = setTimeout(() => {
        waiting.length = 0
        gaveUp.abort(new Error('The collector of traces did not answer before the end'))
      }, closeMs)
      return flush().finally(() => clearTimeout(deadline))
    },
  }
}
