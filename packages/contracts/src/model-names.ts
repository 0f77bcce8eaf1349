import { z } from 'zod'

/** As in addresses and on command lines: no spaces, no slashes. */
export const modelName = z
  .string()
  .regex(
    /^[A-Za-z0-9][\w.-]{0,99}$/,
    'must be letters, digits, `.`, `_` or `-`, at most 100, and begin with a letter or digit',
  )

/** The alias of the version with the highest number, which nothing else can be called. */
export const latestAlias = 'latest'

/** A name for one version at a time. Begins with a letter, so that it is not mistaken for a number. */
export const aliasName = z
  .string()
  .regex(/^[A-Za-z][\w.-]{0,59}$/, 'must be letters, digits, `.`, `_` or `-`, at most 60, and begin with a letter')
  .refine((name) => name !== latestAlias, 'must not be `latest`, which is always the newest version')

const versionNumber = z.number().int().min(1).max(2_147_483_647)
/** A number, an alias, or `latest`. */
export const versionReference = z.union([versionNumber, z.literal(latestAlias), aliasName])
export type VersionReference = z.infer<typeof versionReference>
