import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { matchesEtag } from './etag.ts'
import { type Api, conditionalHeaders, notModified } from './route-schemas.ts'

/** What is read of a route's schema. Routes that know a revision declare 304 themselves, and make their own tags. */
type Described = {
  headers?: z.ZodType
  response?: Record<string, { readonly content?: Readonly<Record<string, unknown>> } | z.ZodType>
}

/**
 * Gives every JSON answer that can be polled an ETag made of its content, and 304 to those who have it: lists, which
 * have no revision, and every other answer without one. Must be added before the routes.
 */
export function addContentTags(app: Api): void {
  app.addHook('onRoute', (route) => {
    const schema = route.schema as Described | undefined
    if (route.config?.neverStored === true || !isPolled(route.method, route.url, schema?.response)) return
    route.schema = {
      ...route.schema,
      headers: schema?.headers ?? conditionalHeaders,
      response: { ...schema?.response, 304: notModified },
    }
    route.config = { ...route.config, contentTag: true }
  })
  app.addHook('onSend', async (request, reply, payload) => sendUnlessKnown(request, reply, payload))
}

function isPolled(method: string | string[], url: string, response: Described['response']): boolean {
  if (method !== 'GET' || !url.startsWith('/v1/') || response === undefined || '304' in response) return false
  const answer = response['200']
  return answer !== undefined && 'content' in answer && answer.content?.['application/json'] !== undefined
}

function sendUnlessKnown(request: FastifyRequest, reply: FastifyReply, payload: unknown): unknown {
  const isTagged = request.routeOptions.config.contentTag === true && reply.statusCode === 200
  if (!isTagged || typeof payload !== 'string') return payload
  const etag = `"${createHash('sha256').update(payload).digest('hex').slice(0, 20)}"`
  void reply.header('etag', etag)
  if (!matchesEtag(request.headers['if-none-match'], etag)) return payload
  void reply.status(304).removeHeader('content-type').removeHeader('content-length')
  return null
}
