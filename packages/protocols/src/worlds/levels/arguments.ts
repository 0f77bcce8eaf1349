import { environments } from '@goalpost/environments'
import { z } from 'zod'

const longestText = 1_000_000

export const environmentName = z.enum([...environments.keys()] as [string, ...string[]])

export const parameters = z
  .record(z.string(), z.json())
  .default({})
  .describe('Parameters of the environment, where they differ from its defaults; see the catalog')

export const seed = z
  .int()
  .min(0)
  .max(2 ** 32 - 1)
  .default(0)

/** Display options of levels. */
export const showing = {
  charset: z.enum(['unicode', 'ascii']).default('unicode').describe('Characters of drawings'),
  svg: z.boolean().default(false).describe('Also write every picture as an SVG file'),
}
export type Showing = z.infer<z.ZodObject<typeof showing>>

/** Names a level. */
export const naming = {
  level: z
    .string()
    .min(1)
    .max(longestText)
    .meta({ contentMediaType: 'text/plain' })
    .describe('Hash or file of a level, a kept episode or a suite; or a drawing of a level'),
  environment: environmentName.optional().describe('Environment of a drawing; files name their own'),
  parameters,
  index: z.int().min(0).default(0).describe('Index of a level in a suite, from 0'),
}
export type Naming = z.infer<z.ZodObject<typeof naming>>
