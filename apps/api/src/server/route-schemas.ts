import { problem } from '@goalpost/contracts'
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Access, Caller } from './authentication.ts'
import { problemMediaType } from './problems.ts'

export type Api = FastifyInstance<RawServerDefault, IncomingMessage, ServerResponse, FastifyBaseLogger, ZodTypeProvider>

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access
    /** The static token of GOALPOST_METRICS_TOKEN is accepted instead of a key. */
    acceptsMetricsToken?: boolean
    /** Its answers have secrets: they are sent with `no-store`, and without an ETag. */
    neverStored?: boolean
    /** Its answers get an ETag made of their content. */
    contentTag?: boolean
  }
  interface FastifyRequest {
    /** Set by authentication before any handler of a route that is not public, unless the token for metrics was sent. */
    caller: Caller | null
  }
}

/** A JSON answer, described for the OpenAPI document. */
export function json<Schema extends z.ZodType>(description: string, schema: Schema) {
  return { description, content: { 'application/json': { schema } } }
}

const refusal = (description: string) => ({ description, content: { [problemMediaType]: { schema: problem } } })

/** Problem answers of every route. */
export const problems = {
  '4xx': refusal('The request was refused'),
  '5xx': refusal('Goalpost, or a service it needs, failed'),
}

export const notModified = z.null().describe('Not changed since')

export const deleted = z.null().describe('Done')

export const idParams = z.object({ id: z.uuid() })

/** The strong ETag of an earlier answer, for polling. */
export const conditionalHeaders = z.object({ 'if-none-match': z.string().max(500).optional() })

export const bodyMediaTypes = ['application/json', 'application/yaml']
