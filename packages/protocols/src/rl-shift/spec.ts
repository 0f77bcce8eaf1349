import { environmentName } from '../worlds/levels/arguments.ts'
import type { VerdictThresholds } from '@goalpost/evaluation'
import { z } from 'zod'
import { count, fraction } from '../number-schemas.ts'
import { maxKeptLevels } from '../worlds/episodes/kept-episodes.ts'
import { suite, type Suite } from '../worlds/suites/suite-options.ts'
import { policy, type PolicyOptions } from './subjects/imported/policy-options.ts'
import { methodName } from './subjects/trained/method-name.ts'
import { network } from './subjects/trained/network-options.ts'
import { ppo } from './subjects/trained/ppo-options.ts'
import { thresholds } from './thresholds.ts'

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
    .max(maxKeptLevels)
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
        .max(maxKeptLevels)
        .optional()
        .describe(
          'Recorded episodes of each suite from which it is inferred which goal they pursue; left out: all of those that ' +
            'are recorded, at most 64; 0: no such inference',
        ),
    })
    .prefault({}),
})

export const options = z.strictObject({
  environment: environmentName,
  parameters: z.record(z.string(), z.json()).default({}).describe('Parameters of the environment; see the catalog'),
  alpha: fraction.default(0).describe('Share of training levels on which proxy and intended goal come apart'),
  levels: z
    .union([z.literal('fresh'), count(10_000_000)])
    .default('fresh')
    .describe('`fresh`: every training level is new; a number: that many levels are played over and over'),
  steps: count(10_000_000_000).default(1_000_000).describe('Environment steps of training'),
  network: network.prefault({ kind: 'mlp' }),
  method: methodName.optional().describe('How policies are trained; `ppo`, where left out, with the options in `ppo`'),
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
  /** Absent in experiments accepted before this option existed. */
  readonly analysis?: Parsed['analysis']
}
export type TrainedOptions = Completed & { readonly policy?: undefined }
export type ImportedOptions = Omit<Completed, TrainingOption> & { readonly policy: PolicyOptions }
/** One condition's options with every default filled in, including suites and environment parameters. */
export type RlShiftOptions = TrainedOptions | ImportedOptions

/** Options without meaning if nothing is trained. */
export const trainingOptions = ['steps', 'levels', 'network', 'method', 'ppo'] as const
type TrainingOption = (typeof trainingOptions)[number]
