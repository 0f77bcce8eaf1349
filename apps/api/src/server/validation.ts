import { GoalpostError, explainZodError } from '@goalpost/contracts'
import type { FastifySchemaCompiler } from 'fastify'
import type { z } from 'zod'

/** Where the pointers of issues start, by part of the request. A body's pointers are the plain ones of RFC 6901. */
const prefixes: Readonly<Record<string, string>> = {
  querystring: '/query',
  headers: '/headers',
  params: '/path',
  body: '',
}

/** Validates requests with zod, and says what is wrong in our own words. An id that is none is an id of nothing: 404. */
export const explainingValidator: FastifySchemaCompiler<z.ZodType> = ({ schema, httpPart = 'body' }) => {
  return (data: unknown) => {
    const parsed = schema.safeParse(data)
    if (parsed.success) return { value: parsed.data }
    const issues = explainZodError(parsed.error, schema, data, prefixes[httpPart])
    const detail = issues
      .map(({ pointer, message }) => `${pointer || 'the body'}: ${message}`)
      .slice(0, 3)
      .join('; ')
    if (httpPart === 'params')
      return { error: new GoalpostError('not-found', `There is nothing of that name here (${detail})`) }
    return { error: new GoalpostError('invalid-request', detail, { issues }) }
  }
}

/**
 * Leaves the body as it came: specs are stored as sent, so their handlers parse them, and answer 422 where the rest of the
 * API answers 400. The schema stays for the document.
 */
export const bodyAsSent: FastifySchemaCompiler<unknown> = (route) => {
  if (route.httpPart === 'body') return (data: unknown) => ({ value: data })
  // Every schema of a route is one of zod.
  return explainingValidator(route as Parameters<typeof explainingValidator>[0])
}
