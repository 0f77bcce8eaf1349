import { z } from 'zod'
import { count, fraction, positive } from '../../../number-schemas.ts'
import { askedJudge, judgeEndpoint } from './judge-endpoint.ts'

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

const edits = z
  .enum(['identity', 'constant', 'binomial', 'unrestricted'])
  .default('identity')
  .describe(
    'Whether edits change if proxy and goal differ. identity: never; constant: one edit draws it again, as in the ' +
      'mixture; binomial: each edit does with probability 1 / editCount; unrestricted: they always may, at every alpha',
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
  edits,
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

const invariance = z.strictObject({
  kind: z
    .literal('invariance')
    .describe('Groups of levels in which the proxy agrees to different degrees, weighed so that returns become equal'),
  penalty: z
    .enum(['v-rex', 'group-dro'])
    .default('v-rex')
    .describe(
      'v-rex: the variance of returns over groups is penalised; group-dro: groups of low return gain weight steadily',
    ),
  groups: z
    .int()
    .min(2)
    .max(8)
    .default(2)
    .describe('Group k of K draws levels with α · 2(k − 1) / (K − 1), so that all together have α; 2: with 0 and 2α'),
  strength: z
    .number()
    .min(0)
    .max(1000)
    .default(2)
    .describe('v-rex: factor of the variance; group-dro: rate of the weights, per iteration and unit of return'),
})

const processSupervision = z.strictObject({
  kind: z
    .literal('process-supervision')
    .describe('Rewards for single steps, by a judge that knows the way, instead of rewards for the end'),
  judge: z
    .enum(['true-oracle', 'proxy-oracle'])
    .default('true-oracle')
    .describe('Whose step is right. proxy-oracle: a supervisor with the wrong goal'),
  weight: positive.max(10).default(0.1).describe('What a wrong step costs; a right one is worth 0'),
  outcome: z.boolean().default(false).describe("Whether the world's own rewards are learned from, too"),
})

const adversarial = z.strictObject({
  kind: z.literal('adversarial').describe('Levels found by an attack search on the policy, mixed with new ones'),
  share: z.number().min(0.01).max(1).default(0.5).describe('Share of the levels learned from that the attack found'),
  rounds: z
    .int()
    .min(1)
    .max(16)
    .default(1)
    .describe('Edits tried on every level of the attack between two updates; each plays a rollout'),
  restart: fraction.default(0.1).describe("Share of the attack's levels that new ones replace in each iteration"),
  decay: fraction
    .default(0.1)
    .describe('Share by which the regrets that the search compares shrink in each round, as the policy learns'),
  edits,
  editCount: z.int().min(2).max(200).default(3).describe('Elementary edits of one step of the search'),
})

const paired = z.strictObject({
  kind: z
    .literal('paired')
    .describe('PAIRED: a policy builds the levels on which another does better than the trained one'),
  walls: z.int().min(0).max(64).default(6).describe('Walls that the builder may place'),
  reward: z
    .enum(['regret', 'none'])
    .default('regret')
    .describe('What the builder learns from; none: nothing, so that it builds at random, as a control'),
})

const ensemble = z.strictObject({
  kind: z.literal('ensemble').describe('Several policies that act as one, and ask for help where they disagree'),
  members: z
    .int()
    .min(2)
    .max(10)
    .default(5)
    .describe('Policies; each learns from all `steps`, so that the ensemble costs that many trainings'),
  vote: z
    .enum(['mean', 'majority'])
    .default('mean')
    .describe(
      "mean: the mean of the members' distributions; majority: an action's share of the members that prefer it",
    ),
  diversity: z
    .enum(['all', 'none'])
    .default('all')
    .describe('What makes members differ. all: weights, chance and levels; none: nothing, as a control'),
})

const goalConditioned = z.strictObject({
  kind: z.literal('goal-conditioned').describe("The goal's place is told, as one more channel of what the policy sees"),
  elsewhere: fraction
    .default(0.5)
    .describe(
      'Share of training levels whose goal is told, and rewarded, elsewhere than where its sign is shown; 0, as a ' +
        'control: the instruction always agrees with the sign',
    ),
  instruction: z
    .enum(['told', 'shuffled', 'none'])
    .default('told')
    .describe(
      'What the instruction says in training. told: the rewarded place; as controls with the same levels and rewards, ' +
        'shuffled: that of another level, and none: nothing, in evaluations neither',
    ),
  holdOut: z
    .boolean()
    .default(true)
    .describe('Whether a quarter of the places are never told elsewhere, so that the report can compare them'),
})

const modular = z.strictObject({
  kind: z
    .literal('modular')
    .describe('A goal module that points at a place, and a navigation module that is told it: trained apart, joined'),
  goalAlpha: fraction
    .optional()
    .describe('Share of distinguishing levels among those that the goal module learns from; default: alpha'),
  goalLevels: count(100_000).default(4096).describe('Different levels that the goal module learns from'),
  pointing: z
    .enum(['goal', 'random'])
    .default('goal')
    .describe('What the goal module is taught. goal: the place of the goal; random, as a control: any free cell'),
  sign: z
    .enum(['shown', 'hidden'])
    .default('shown')
    .describe("Whether the navigation module sees the goal's sign, which says nothing of the place that it is told"),
})

const judge = z.strictObject({
  kind: z.literal('judge').describe('Rewards by a judge that reads what an episode did, as text, and nothing else'),
  error: z
    .number()
    .min(0)
    .max(0.5)
    .default(0)
    .describe('Share of verdicts that are turned around by chance; .5: verdicts say nothing'),
  bias: fraction.default(0).describe('Share of episodes in which the judge takes the proxy for the goal'),
  judge: judgeEndpoint.optional().describe('A model that judges; default: a simulated judge with `error` and `bias`'),
})

/** Every method except PPO alone, and a judge. */
const unjudged = [
  plr,
  accel,
  maximin,
  cloning,
  invariance,
  processSupervision,
  ensemble,
  goalConditioned,
  modular,
  adversarial,
  paired,
] as const
/** As trainings have it. */
export const methodBesidePpo = z.discriminatedUnion('kind', [
  ...unjudged,
  judge.extend({ judge: askedJudge.optional() }),
])

export const method = z.discriminatedUnion('kind', [ppo, ...unjudged, judge])
export type MethodOptions = z.infer<typeof method>

type Given = { readonly method?: MethodOptions | 'ppo' | undefined }

/** Null if a condition trains with PPO alone. `ppo` as text is the older form. */
export function methodBesidePpoOf({ method: given }: Given) {
  return given === undefined || given === 'ppo' || given.kind === 'ppo' ? null : given
}

/** Null if a condition has none. */
export function curriculumOf(options: Given): CurriculumOptions | null {
  const given = curriculum.safeParse(methodBesidePpoOf(options))
  return given.success ? given.data : null
}

/** Whether the training's levels are those of the mixture, so that they can be drawn again by their numbers. */
export function playsMixture(options: Given): boolean {
  const kind = methodBesidePpoOf(options)?.kind
  const changesLevels = kind === 'goal-conditioned' || kind === 'modular' || kind === 'adversarial' || kind === 'paired'
  return curriculumOf(options) === null && !changesLevels
}

/** The α of each group of levels, by `invariance`; null if all levels have the same. Their mean is the condition's. */
export function groupAlphas({ alpha, ...options }: Given & { readonly alpha: number }): readonly number[] | null {
  const given = methodBesidePpoOf(options)
  if (given?.kind !== 'invariance') return null
  const { groups } = given
  return Array.from({ length: groups }, (_, group) => (alpha * 2 * group) / (groups - 1))
}
