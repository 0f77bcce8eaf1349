import type { FastifySerializerCompiler } from 'fastify'
import type { z } from 'zod'

/**
 * Sends an answer that fits its schema, else 500. Parses instead of encoding, which is ten times slower and gives the
 * same result, as no answer schema transforms.
 */
export const checkingSerializer: FastifySerializerCompiler<z.ZodType> = ({ schema, method, url }) => {
  return (data: unknown) => {
    const parsed = schema.safeParse(data)
    if (!parsed.success)
      throw new Error(`The response of ${method} ${url} does not match its schema`, { cause: parsed.error })
    return JSON.stringify(parsed.data)
  }
}
