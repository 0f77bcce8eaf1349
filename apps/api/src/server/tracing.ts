import type { Span, Tracer } from '@goalpost/telemetry'
import { parseTraceparent } from '@goalpost/telemetry'
import type { FastifyRequest } from 'fastify'
import type { Api } from './route-schemas.ts'

const spans = new WeakMap<FastifyRequest, Span>()
const reading: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * A span and a log line for every request that changes something, and for those that continue a sampled trace: polls by
 * the thousand would hide the others.
 */
export function addTracing(app: Api, tracer: Tracer): void {
  app.addHook('onRequest', async (request) => {
    const header = request.headers.traceparent
    const parent = typeof header === 'string' ? header : null
    if (reading.has(request.method) && parseTraceparent(parent ?? undefined)?.sampled !== true) return
    const route = request.routeOptions.url ?? 'unknown'
    const attributes = { 'http.request.method': request.method, 'http.route': route, 'goalpost.request_id': request.id }
    const span = tracer.start(`${request.method} ${route}`, { parent, kind: 'server', attributes })
    if (span === null) return
    spans.set(request, span)
    request.log = request.log.child({ traceId: span.traceId })
  })
  app.addHook('onResponse', async (request, reply) => {
    const { statusCode } = reply
    const failure = statusCode >= 500 ? `answered ${statusCode}` : null
    const span = spans.get(request)
    if (span === undefined) return
    span.end({ attributes: { 'http.response.status_code': statusCode }, failure })
    request.log.info({ method: request.method, route: request.routeOptions.url, status: statusCode }, 'answered')
  })
}

/** The `traceparent` for what this request starts; null if it is not traced. */
export function traceOf(request: FastifyRequest): string | null {
  return spans.get(request)?.traceparent ?? null
}
