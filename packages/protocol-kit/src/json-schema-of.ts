import type { JsonObject } from '@goalpost/contracts'
import { z } from 'zod'
import { unchecked } from './unchecked.ts'

/** The JSON Schema of a user's input. */
export function jsonSchemaOf(schema: z.ZodType): JsonObject {
  // Zod's type allows values that are not JSON.
  return unchecked(z.toJSONSchema(schema, { io: 'input' }))
}
