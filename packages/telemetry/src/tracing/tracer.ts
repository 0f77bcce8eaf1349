import { createExporter, type ExporterOptions } from './exporter.ts'
import type { Attributes, EndedSpan } from './otlp.ts'
import { childOf, formatTraceparent, parseTraceparent } from './trace-context.ts'

export type SpanOptions = {
  /** The `traceparent` of the span above it. Without one it starts a trace. */
  readonly parent?: string | null
  readonly kind?: EndedSpan['kind']
  readonly attributes?: Attributes
  /** Milliseconds since 1970. Default: now. */
  readonly startedAt?: number
}

export type Span = {
  readonly traceId: string
  /** For the spans below it, in this process or another. */
  readonly traceparent: string
  /** Later calls are ignored. `failure`: why it failed, if it did. */
  end(end?: { readonly attributes?: Attributes; readonly failure?: string | null }): void
}

export type Tracer = {
  /** Null if nothing is traced, or the trace is not sampled. */
  start(name: string, options?: SpanOptions): Span | null
  close(): Promise<void>
}

/** Without an endpoint it does nothing. */
export function createTracer(
  options: Omit<ExporterOptions, 'endpoint'> & { readonly endpoint: string | null },
): Tracer {
  const { endpoint } = options
  if (endpoint === null) return noTracer
  const exporter = createExporter({ ...options, endpoint })
  return {
    start(name, { parent = null, kind = 'internal', attributes = {}, startedAt = Date.now() } = {}) {
      const above = parseTraceparent(parent ?? undefined)
      const context = childOf(above)
      if (!context.sampled) return null
      let ended = false
      return {
        traceId: context.traceId,
        traceparent: formatTraceparent(context),
        end({ attributes: more = {}, failure = null } = {}) {
          if (ended) return
          ended = true
          const parentSpanId = above?.spanId ?? null
          const all = { ...attributes, ...more }
          exporter.add({ context, parentSpanId, name, kind, startedAt, endedAt: Date.now(), attributes: all, failure })
        },
      }
    },
    close: () => exporter.close(),
  }
}

export const noTracer: Tracer = { start: () => null, close: async () => undefined }
