import { randomBytes } from 'node:crypto'

/** The place of a span in its trace (W3C Trace Context, level 1). */
export type TraceContext = { readonly traceId: string; readonly spanId: string; readonly sampled: boolean }

const form = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?$/

/** Null for what is not a `traceparent` header: the trace then starts anew, as the recommendation says. */
export function parseTraceparent(header: string | undefined): TraceContext | null {
  const [, traceId, spanId, flags] = form.exec(header ?? '') ?? []
  if (traceId === undefined || spanId === undefined || flags === undefined) return null
  return { traceId, spanId, sampled: (Number.parseInt(flags, 16) & 1) === 1 }
}

export function formatTraceparent({ traceId, spanId, sampled }: TraceContext): string {
  return `00-${traceId}-${spanId}-${sampled ? '01' : '00'}`
}

/** A new span, below its parent if there is one. */
export function childOf(parent: TraceContext | null): TraceContext {
  const spanId = randomBytes(8).toString('hex')
  return parent === null
    ? { traceId: randomBytes(16).toString('hex'), spanId, sampled: true }
    : { traceId: parent.traceId, spanId, sampled: parent.sampled }
}
