import type { ObservationTransform } from '@goalpost/environments'
import { z } from 'zod'
import { isHash } from '../../is-hash.ts'
import { count } from '../../number-schemas.ts'

const sha256 = z.string().refine(isHash, 'A salt must be given as its SHA-256, in lower-case hex')

const observation = z.union([
  z.literal('flip-vertical'),
  z.strictObject({
    hide: z
      .array(z.string())
      .min(1)
      .describe("What is not shown: names of the environment's objects or of channels of its observation"),
  }),
])
const suiteSeed = z
  .union([
    z
      .number()
      .int()
      .min(0)
      .max(2 ** 32 - 1),
    z.literal('secret'),
    // The resolved form of `secret`: a stored spec can be submitted again.
    z.strictObject({ secret: sha256 }),
  ])
  .default(0)
  .describe(
    'Seed of the levels; a number lets anyone draw them. `secret`: they follow from a salt that only the operator of the service ' +
      'knows, and stay hidden until published',
  )

/** The suite's hash is public, so few levels could be found by trying. */
export const fewestSecretLevels = 64

export const suite = z.strictObject({
  name: z
    .string()
    .regex(
      /^[a-z0-9][a-z0-9-]{0,39}$/,
      'A suite name has 1 to 40 characters from a-z, 0-9 and -, and starts with a letter or digit',
    ),
  role: z.enum(['in-distribution', 'shifted']),
  shift: z.string().optional().describe("One of the environment's shifts; what stands beside it here overrides it"),
  distribution: z
    .string()
    .optional()
    .describe(
      "`training`, the default, for fresh levels of the training mixture, or the name of one of the environment's distributions",
    ),
  agents: z
    .record(z.string(), z.string())
    .optional()
    .describe('Behaviour of other agents, by role: overrides the parameter `agents`'),
  observation: observation.optional().describe('What happens to every observation before the policy sees it'),
  parameters: z
    .record(z.string(), z.json())
    .default({})
    .describe('Environment parameters that differ from training, e.g. a longer horizon'),
  levels: count(100_000).default(2048),
  seed: suiteSeed,
})

/** A suite as it is played: shift and agents are resolved into the rest. */
export type Suite = Omit<z.infer<typeof suite>, 'distribution' | 'shift' | 'agents' | 'observation' | 'seed'> & {
  readonly distribution: string
  readonly observation?: ObservationTransform
  /** For a secret suite, the hash of the salt. */
  readonly seed: number | { readonly secret: string }
}
