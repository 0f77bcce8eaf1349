import type { TraceContext } from './trace-context.ts'

export type Attributes = Readonly<Record<string, string | number | boolean>>

/** Their numbers in OTLP. */
export const spanKinds = { internal: 1, server: 2, client: 3, producer: 4, consumer: 5 } as const

export type EndedSpan = {
  readonly context: TraceContext
  readonly parentSpanId: string | null
  readonly name: string
  readonly kind: keyof typeof spanKinds
  /** Milliseconds since 1970, with fractions. */
  readonly startedAt: number
  readonly endedAt: number
  readonly attributes: Attributes
  /** Null if it did not fail. */
  readonly failure: string | null
}

/** The body of a request to `/v1/traces` (OTLP 1.0 over HTTP, JSON encoding). */
export function toOtlp(service: string, spans: readonly EndedSpan[]): object {
  const resource = { attributes: toAttributes({ 'service.name': `goalpost-${service}` }) }
  return { resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'goalpost' }, spans: spans.map(toSpan) }] }] }
}

function toSpan(span: EndedSpan): object {
  return {
    traceId: span.context.traceId,
    spanId: span.context.spanId,
    ...(span.parentSpanId !== null && { parentSpanId: span.parentSpanId }),
    name: span.name,
    kind: spanKinds[span.kind],
    startTimeUnixNano: toNanoseconds(span.startedAt),
    endTimeUnixNano: toNanoseconds(span.endedAt),
    attributes: toAttributes(span.attributes),
    status: span.failure === null ? {} : { code: 2, message: span.failure },
  }
}

/** Beyond the integers that numbers hold. */
const toNanoseconds = (milliseconds: number): string => String(BigInt(Math.round(milliseconds * 1_000)) * 1_000n)

function toAttributes(attributes: Attributes): object[] {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: toValue(value) }))
}

function toValue(value: string | number | boolean): object {
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value }
}
