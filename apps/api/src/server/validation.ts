import { GoalpostError } from '@goalpost/contracts'
import { explainZodError } from '@goalpost/validation'
import type { FastifySchemaCompiler } from 'fastify'
import type { z } from 'zod'

/** Where the pointers of issues start, by part of the request. A body's pointers are the plain ones of RFC 6901. */
const prefixes: Readonly<Record<string, string>> = {
  querystring: '/query',
  headers: '/headers',
  params: '/path',
}

/**
 * Validates requests with zod and explains errors in our own words. A malformed id is answered with 404. Bodies
 * pass unchanged to the intake, which validates them; their schemas are only for the OpenAPI document.
 */
export const explainingValidator: FastifySchemaCompiler<z.ZodType> = ({ schema, httpPart = 'body' }) => {
  if (httpPart === 'body') return (data: unknown) => ({ value: data })
  return (data: unknown) => {
    const parsed = schema.safeParse(data)
    if (parsed.success) return { value: parsed.data }
    const error = explainMisfit(parsed.error, { schema, data, prefix: prefixes[httpPart] ?? '' })
    if (httpPart !== 'params') return { error }
    return { error: new GoalpostError('not-found', `Not found (${error.message})`) }
  }
}

/** @throws GoalpostError `invalid-request` with the issues if the body does not fit. */
export function requireFit<Value>(schema: z.ZodType<Value>, body: unknown): Value {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  throw explainMisfit(parsed.error, { schema, data: body, prefix: '' })
}

type Given = { readonly schema: z.ZodType; readonly data: unknown; readonly prefix: string }

function explainMisfit(error: z.ZodError, { schema, data, prefix }: Given): GoalpostError {
  const issues = explainZodError(error, schema, data, prefix)
  const detail = issues
    .map(({ pointer, message }) => `${pointer || 'the body'}: ${message}`)
    .slice(0, 3)
    .join('; ')
  return new GoalpostError('invalid-request', detail, { issues })
}
