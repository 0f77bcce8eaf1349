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

/** How levels are shown. */
export const showing = {
  charset: z.enum(['unicode', 'ascii']).default('unicode').describe('What pictures are drawn with'),
  svg: z.boolean().default(false).describe('Whether every picture is made as an SVG file, too'),
}
export type Showing = z.infer<z.ZodObject<typeof showing>>

/** Which level is meant. */
export const naming = {
  level: z
    .string()
    .min(1)
    .max(longestText)
    .meta({ contentMediaType: 'text/plain' })
    .describe('Hash of a level, of a recorded episode or of a suite; such a file itself; or a drawing'),
  environment: environmentName.optional().describe('What a drawing is a level of; files say it themselves'),
  parameters,
  index: z.int().min(0).default(0).describe('Which level of a suite, from 0 on'),
}
export type Naming = z.infer<z.ZodObject<typeof naming>>
