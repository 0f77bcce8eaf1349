import { aliasName, latestAlias, modelName } from '@goalpost/contracts'
import { z } from 'zod'

export const modelParams = z.object({ name: modelName })

export const versionParams = modelParams.extend({
  version: z
    .union([
      z.literal(latestAlias),
      aliasName,
      z.string().regex(/^[1-9]\d{0,8}$/, 'must be a number, an alias or `latest`'),
    ])
    .describe('A number, an alias, or `latest`'),
})

export const aliasParams = modelParams.extend({ alias: aliasName })

/** As the store takes it. */
export function versionOf(text: string): number | string {
  return /^\d+$/.test(text) ? Number(text) : text
}
