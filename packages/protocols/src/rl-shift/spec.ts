import { environments, type ObservationTransform } from '@goalpost/environments'
import type { VerdictThresholds } from '@goalpost/evaluation'
import { z } from 'zod'
import { thresholds } from './thresholds.ts'

const positive = z.number().positive()
const fraction = z.number().min(0).max(1)
const count = (most: number) => z.number().int().min(1).max(most)

/** PPO, in the field's words. Defaults are the small setting that is known to show the effect on CPUs. */
export const ppo = z.strictObject({
  environments: count(4096).default(256).describe('Episodes played side by side'),
  rolloutSteps: count(4096).default(32).describe('Steps of each environment between two updates'),
  epochs: count(64).default(4),
  minibatches: count(256).default(4),
  learningRate: positive.max(1).default(2e-3),
  schedule: z.enum(['constant', 'linear']).default('constant').describe('`linear` falls to 0 at the last step'),
  gaeLambda: fraction.default(0.95),
  clip: positive.max(1).default(0.2),
  valueClip: z.union([positive, z.null()]).default(0.2).describe('null: the value loss is not clipped'),
  entropyCoefficient: z.number().min(0).max(1).default(0.01),
  valueCoefficient: z.number().min(0).max(10).default(0.5),
  maxGradientNorm: positive.default(0.5),
  adamEpsilon: positive.max(0.1).default(1e-5),
  standardizeAdvantages: z.boolean().default(true).describe('Within each minibatch'),
  bootstrapTruncated: z
    .boolean()
    .default(true)
    .describe('Whether an episode cut by the step limit continues, for the value target, at its last observation'),
})

const activation = z.enum(['relu', 'tanh']).default('relu')
const crop = z
  .number()
  .int()
  .min(0)
  .max(16)
  .default(0)
  .describe('Cells cut off on every side of the observation, such as a border of wall that never changes')

const mlp = z.strictObject({
  kind: z.literal('mlp'),
  hidden: z.array(count(4096)).min(1).max(6).default([128, 64]),
  activation,
  crop,
})

const conv = z.strictObject({
  kind: z.literal('conv').describe('3×3 convolutions, then one dense layer'),
  channels: z.array(count(512)).min(1).max(6).default([16, 32]),
  dense: count(4096).default(64),
  activation,
  crop,
})

const impala = z.strictObject({
  kind: z
    .literal('impala')
    .describe('The large residual network of IMPALA (Espeholt et al., 2018), then one dense layer'),
  channels: z
    .array(count(512))
    .min(1)
    .max(6)
    .default([16, 32, 32])
    .describe('Of each stage: a convolution, max pooling that halves height and width, two residual blocks'),
  dense: count(4096).default(256),
  crop,
})

const lstm = z.strictObject({
  kind: z.literal('lstm').describe('A network without memory, then an LSTM that remembers within an episode'),
  trunk: z.discriminatedUnion('kind', [mlp, conv, impala]).prefault({ kind: 'mlp' }),
  width: count(1024).default(256).describe('Of the hidden state, and of the cell state'),
})

export const network = z.discriminatedUnion('kind', [mlp, conv, impala, lstm])

const isHash = (text: string) => /^[0-9a-f]{64}$/.test(text)
const sha256 = z.string().refine(isHash, 'A salt is named by its SHA-256, in lower-case hex')

const uploaded = z
  .string()
  .refine(
    isHash,
    'An uploaded file is named by its SHA-256, which `goalpost upload` prints; the command line takes `file:path` as well',
  )
const portName = z.string().min(1).max(200)

/** Policies that were made elsewhere, in place of training. */
export const policy = z.strictObject({
  onnx: z
    .union([uploaded, z.array(uploaded).min(1).max(1000)])
    .describe(
      'Uploaded ONNX files, by hash: one, or one for each seed of a training elsewhere (seed s plays number s modulo their ' +
        'number). The command line uploads `file:path` by itself.',
    ),
  input: portName.default('observation').describe('What the models call their input'),
  output: portName.default('logits').describe('What the models call the output with the logits'),
  timeLimit: positive.max(300).default(10).describe('Seconds that one batch may take'),
})

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
    // What `secret` is resolved to: a stored spec can be submitted again.
    z.strictObject({ secret: sha256 }),
  ])
  .default(0)
  .describe(
    'Of the levels; anybody can draw those of a number. `secret`: they follow from a salt that only the operator of the service ' +
      'knows, and are not shown before they are published',
  )

/** A few levels could be found by trying, as the hash of the suite is public. */
export const fewestSecretLevels = 64

export const suite = z.strictObject({
  name: z
    .string()
    .regex(
      /^[a-z0-9][a-z0-9-]{0,39}$/,
      'A suite name has 1 to 40 of a-z, 0-9 and -, and starts with a letter or digit',
    ),
  role: z.enum(['in-distribution', 'shifted']),
  shift: z.string().optional().describe("One of the environment's shifts; what stands beside it here overrides it"),
  distribution: z
    .string()
    .optional()
    .describe(
      "`training`, where left out, for fresh levels of the training mixture, or the name of one of the environment's distributions",
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

/** Levels of a suite on which actions can be written down: the first ones. */
export const mostRecorded = 256

export const evaluation = z.strictObject({
  checkpoints: count(100)
    .default(6)
    .describe('How many evenly spaced checkpoints are kept and evaluated for the curves'),
  acting: z
    .array(z.enum(['sampled', 'greedy']))
    .min(1)
    .default(['sampled', 'greedy']),
  episodesPerLevel: count(1000).default(1),
  curveLevels: count(100_000).default(512).describe('Levels per suite at checkpoints before the last'),
  batch: count(4096).default(256),
  hidden: z
    .boolean()
    .default(true)
    .describe(
      'Whether the last evaluation plays every shifted suite again without each object that tells the goals apart, in the ' +
        'first acting mode: what the policy does because it sees the object',
    ),
  recorded: z
    .number()
    .int()
    .min(0)
    .max(mostRecorded)
    .default(64)
    .describe(
      'Episodes of each suite that are recorded, on its first solvable levels, to be drawn over each other and replayed; a ' +
        'quarter as many at checkpoints before the last',
    ),
})

export const analysis = z.strictObject({
  control: z
    .string()
    .optional()
    .describe(
      'Name of the condition that shows what is learned where nothing misleads. Where verdicts are read from what is counted ' +
        '(monster-world), what the others do beyond it counts as pursuit of the proxy',
    ),
  agency: z
    .strictObject({
      trajectories: z
        .number()
        .int()
        .min(0)
        .max(mostRecorded)
        .optional()
        .describe(
          'Recorded episodes of each suite from which it is inferred which goal they pursue; left out: all of those that ' +
            'are recorded, at most 64; 0: no such inference',
        ),
    })
    .prefault({}),
})

export const options = z.strictObject({
  environment: z.enum([...environments.keys()] as [string, ...string[]]),
  parameters: z.record(z.string(), z.json()).default({}).describe('Parameters of the environment; see the catalogue'),
  alpha: fraction.default(0).describe('Share of training levels on which proxy and intended goal come apart'),
  levels: z
    .union([z.literal('fresh'), count(10_000_000)])
    .default('fresh')
    .describe('`fresh`: every training level is new; a number: that many levels are played over and over'),
  steps: count(10_000_000_000).default(1_000_000).describe('Environment steps of training'),
  network: network.prefault({ kind: 'mlp' }),
  ppo: ppo.prefault({}),
  policy: policy
    .optional()
    .describe(
      'Evaluate policies made elsewhere: nothing is trained, and `steps`, `levels`, `network` and `ppo` are left out',
    ),
  suites: z.array(suite).min(1).max(20).optional(),
  evaluation: evaluation.prefault({}),
  analysis: analysis.prefault({}),
  thresholds: thresholds.prefault({}),
})

type Parsed = z.infer<typeof options>
type Completed = Omit<Parsed, 'suites' | 'policy' | 'analysis' | 'thresholds'> & {
  readonly thresholds: VerdictThresholds
  readonly suites: readonly Suite[]
  /** Absent in experiments that were accepted before there was any. */
  readonly analysis?: Parsed['analysis']
}
export type TrainedOptions = Completed & { readonly policy?: undefined }
export type ImportedOptions = Omit<Completed, TrainingOption> & { readonly policy: PolicyOptions }
/** One condition's options with every default filled in, the suites and the environment's parameters included. */
export type RlShiftOptions = TrainedOptions | ImportedOptions

/** What means nothing where nothing is trained. */
export const trainingOptions = ['steps', 'levels', 'network', 'ppo'] as const
type TrainingOption = (typeof trainingOptions)[number]

/** A suite as it is played: shift and agents have been resolved into the rest. */
export type Suite = Omit<z.infer<typeof suite>, 'distribution' | 'shift' | 'agents' | 'observation' | 'seed'> & {
  readonly distribution: string
  readonly observation?: ObservationTransform
  /** A secret one names the salt by its hash. */
  readonly seed: number | { readonly secret: string }
}
export type NetworkOptions = z.infer<typeof network>
export type PolicyOptions = z.infer<typeof policy>
export type PpoOptions = z.infer<typeof ppo>
