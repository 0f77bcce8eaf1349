import type { FastifySerializerCompiler } from 'fastify'
import type { z } from 'zod'

/**
 * Sends what the schema of the answer says, or 500. Parses instead of encoding, which is a tenfold slower and comes to the
 * same: no schema of ours transforms.
 */
export const checkingSerializer: FastifySerializerCompiler<z.ZodType> = ({ schema, method, url }) => {
  return (data: unknown) => {
    const parsed = schema.safeParse(data)
    if (!parsed.success)
      throw new Error(`The answer of ${method} ${url} does not fit its schema`, { cause: parsed.error })
    return JSON.stringify(parsed.data)
  }
}
