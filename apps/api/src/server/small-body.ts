import type { z } from 'zod'
import { readBody, sentBodyOf } from './sent-body.ts'
import { requireFit } from './validation.ts'

/** The `bodyLimit` of routes that read their body on the event loop: parsing so little takes less than a millisecond. */
export const smallBodyBytes = 16_384

/** The parsed body. No body counts as an empty object. Throws `malformed-body` or `invalid-request`. */
export function smallBodyOf<Value>(request: { readonly body: unknown }, schema: z.ZodType<Value>): Value {
  return requireFit(schema, readBody(sentBodyOf(request)) ?? {})
}
