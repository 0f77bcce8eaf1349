import type { Schema } from '../schema.ts'

/** A schema for a list or an object of which nothing is known, so that it has fields. */
export function anyValue(value: unknown, { description }: Schema): Schema {
  return Array.isArray(value)
    ? { type: 'array', items: {}, description }
    : { type: 'object', additionalProperties: {}, description }
}
