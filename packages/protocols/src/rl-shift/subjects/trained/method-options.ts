import { z } from 'zod'
import { count, fraction, positive } from '../../../number-schemas.ts'

const replay = {
  bufferSize: count(100_000).default(4096).describe('Levels kept as candidates for replay'),
  temperature: positive
    .max(10)
    .default(0.1)
    .describe('Replay probabilities fall with the rank of the score as rank^(−1 / temperature)'),
  staleness: fraction.default(0.1).describe('Share of replays that go by the time since the last one'),
}
const replayProbability = z.number().min(0.05).max(1)
const regret = z
  .enum(['max-latest', 'oracle-latest', 'max-mc', 'positive-value-loss'])
  .default('max-latest')
  .describe(
    'What scores a level. max-latest: its best return so far − its mean return now; oracle-latest: its optimum − its ' +
      'mean return now; max-mc: its best return so far − its mean value; positive-value-loss: its mean positive advantage',
  )

const ppo = z.strictObject({ kind: z.literal('ppo').describe('PPO on levels drawn from the mixture') })

const plr = z.strictObject({
  kind: z.literal('plr').describe('Robust prioritised level replay, PLR⊥: learns only from replayed levels'),
  ...replay,
  replayProbability: replayProbability.default(0.33).describe('Share of batches that are replayed'),
  regret,
})

const accel = z.strictObject({
  kind: z.literal('accel').describe('PLR⊥ that also plays edited copies of the levels it has just replayed'),
  ...replay,
  replayProbability: replayProbability
    .default(0.5)
    .describe('Share of batches that are replayed, among those that do not follow a replay'),
  regret,
  edits: z
    .enum(['identity', 'constant', 'binomial', 'unrestricted'])
    .default('identity')
    .describe(
      'Whether edits change if proxy and goal differ. identity: never; constant: one edit draws it again, as in the ' +
        'mixture; binomial: each edit does with probability 1 / editCount; unrestricted: they always may, at every alpha',
    ),
  editCount: z.int().min(2).max(200).default(12).describe('Elementary edits of one copy'),
})

const maximin = z.strictObject({
  kind: z
    .literal('maximin')
    .describe('Negative control: replays the levels of smallest return, whether or not they can be solved'),
  ...replay,
  replayProbability: replayProbability.default(0.33).describe('Share of batches that are replayed'),
})

/** A method that chooses, scores and replays levels. */
export const curriculum = z.discriminatedUnion('kind', [plr, accel, maximin])
export type CurriculumOptions = z.infer<typeof curriculum>

const cloning = z.strictObject({
  kind: z.literal('cloning').describe("Supervised learning of the true-oracle's actions: is reinforcement to blame?"),
  player: z
    .enum(['demonstrator', 'policy'])
    .default('demonstrator')
    .describe('Who plays the episodes. demonstrator: behavioural cloning; policy: the policy, corrected, as in DAgger'),
})

/** Every method except PPO alone. */
export const methodBesidePpo = z.discriminatedUnion('kind', [plr, accel, maximin, cloning])

export const method = z.discriminatedUnion('kind', [ppo, plr, accel, maximin, cloning])
export type MethodOptions = z.infer<typeof method>

type Given = { readonly method?: MethodOptions | 'ppo' | undefined }

/** Null if a condition trains with PPO alone. `ppo` as text is the older form. */
export function methodBesidePpoOf({ method: given }: Given) {
  return given === undefined || given === 'ppo' || given.kind === 'ppo' ? null : given
}

/** Null if a condition has none. */
export function curriculumOf(options: Given): CurriculumOptions | null {
  const given = methodBesidePpoOf(options)
  return given === null || given.kind === 'cloning' ? null : given
}
