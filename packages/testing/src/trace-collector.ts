import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** As a collector receives it (OTLP/JSON). */
export type CollectedSpan = {
  readonly service: string
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  readonly kind: number
  readonly startTimeUnixNano: string
  readonly endTimeUnixNano: string
  readonly attributes: Readonly<Record<string, unknown>>
  readonly status: { readonly code?: number; readonly message?: string }
}

export type TraceCollector = {
  /** For `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  readonly endpoint: string
  readonly spans: CollectedSpan[]
  /** The headers of the latest request. */
  headers(): Readonly<Record<string, unknown>>
  /** From now on it answers with this status and keeps nothing. */
  refuse(status: number): void
  /** Requests get no answer until the returned function is called. */
  hang(): () => void
  close(): Promise<void>
}

type Attribute = { readonly key: string; readonly value: Readonly<Record<string, unknown>> }
type Body = {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] }
    readonly scopeSpans: readonly {
      readonly spans: readonly (Omit<CollectedSpan, 'attributes' | 'service'> & {
        readonly attributes: readonly Attribute[]
      })[]
    }[]
  }[]
}

/** A collector of OpenTelemetry in this process. */
export async function startTraceCollector(): Promise<TraceCollector> {
  const spans: CollectedSpan[] = []
  let headers: Readonly<Record<string, unknown>> = {}
  let status = 200
  let held = Promise.resolve()
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk: Buffer) => (text += chunk.toString()))
    const answer = () => {
      headers = request.headers
      if (request.url !== '/v1/traces') status = 404
      if (status === 200) spans.push(...read(JSON.parse(text) as Body))
      response.writeHead(status, { 'content-type': 'application/json' }).end('{}')
    }
    request.on('end', () => void held.then(answer))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    headers: () => headers,
    refuse: (answer) => void (status = answer),
    hang() {
      let release: () => void = () => undefined
      held = new Promise((resolve) => {
        release = () => resolve()
      })
      return () => release()
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function read({ resourceSpans }: Body): CollectedSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = String(toRecord(resource.attributes)['service.name'])
    return scopeSpans.flatMap(({ spans }) =>
      spans.map((span) => ({ ...span, service, attributes: toRecord(span.attributes) })),
    )
  })
}

function toRecord(attributes: readonly Attribute[]): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]))
}
