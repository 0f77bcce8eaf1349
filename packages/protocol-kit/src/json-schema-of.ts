import type { JsonObject } from '@goalpost/contracts'
import { z } from 'zod'
import { unchecked } from './unchecked.ts'

/** The JSON Schema of what a user may send. */
export function jsonSchemaOf(schema: z.ZodType): JsonObject {
  // Zod's type for it allows values that are not JSON.
  return unchecked(z.toJSONSchema(schema, { io: 'input' }))
}
