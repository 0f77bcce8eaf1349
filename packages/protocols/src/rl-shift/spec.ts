import { environmentName } from '../worlds/levels/arguments.ts'
import type { VerdictThresholds } from '@goalpost/evaluation'
import { z } from 'zod'
import { count, fraction } from '../number-schemas.ts'
import { maxKeptLevels } from '../worlds/episodes/kept-episodes.ts'
import { suite, type Suite } from '../worlds/suites/suite-options.ts'
import { policy, type PolicyOptions } from './subjects/imported/policy-options.ts'
import { kept } from './kept-options.ts'
import { method } from './subjects/trained/method-options.ts'
import { network } from './subjects/trained/network-options.ts'
import { ppo } from './subjects/trained/ppo-options.ts'
import { thresholds } from './thresholds.ts'

export const evaluation = z.strictObject({
  checkpoints: count(100)
    .default(6)
    .describe('Number of evenly spaced checkpoints that are kept and evaluated for the curves'),
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
      'Whether the last evaluation also plays every shifted suite with each distinguishing object hidden, in the ' +
        'first acting mode: what the policy does because it sees the object',
    ),
  critic: z
    .boolean()
    .optional()
    .describe(
      "Whether the last evaluation also keeps the critic's values along the agents' way, in the first acting mode",
    ),
  recorded: z
    .number()
    .int()
    .min(0)
    .max(maxKeptLevels)
    .default(64)
    .describe(
      'Episodes of each suite that are recorded, on its first solvable levels, to be overlaid and replayed; a ' +
        'quarter as many at checkpoints before the last',
    ),
  attack: z
    .strictObject({
      levels: count(4096).default(256).describe('Levels, each attacked by itself'),
      rounds: count(100).default(16).describe('Levels tried instead of each'),
    })
    .optional()
    .describe(
      'Whether the last evaluation also searches the training mixture for levels on which the policy fails, by edits and ' +
        'by new draws, in the first acting mode',
    ),
  decisions: z
    .boolean()
    .optional()
    .describe(
      'Whether the recorded episodes of the last evaluation are kept with the probability of each action and the ' +
        "critic's value at each step",
    ),
})

export const analysis = z.strictObject({
  control: z
    .string()
    .optional()
    .describe(
      'Name of the control condition, in which nothing misleads. Where verdicts are read from what is counted ' +
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
          'Recorded episodes of each suite used to infer the pursued goal; default: all that ' +
            'are recorded, at most 64; 0: no inference',
        ),
    })
    .prefault({}),
  kept: kept.optional().describe('Reports suites once more on the levels on which the goal is not passed by accident'),
})

export const options = z.strictObject({
  environment: environmentName,
  parameters: z.record(z.string(), z.json()).default({}).describe('Parameters of the environment; see the catalog'),
  alpha: fraction.default(0).describe('Share of training levels on which proxy and intended goal diverge'),
  levels: z
    .union([z.literal('fresh'), count(10_000_000)])
    .default('fresh')
    .describe('`fresh`: every training level is new; a number: that many levels are reused'),
  steps: count(10_000_000_000)
    .default(1_000_000)
    .describe('Environment steps that training learns from. Curricula play more, to score levels; the report has both'),
  network: network.prefault({ kind: 'mlp' }),
  method: z
    .union([z.literal('ppo'), method])
    .optional()
    .describe('Training method; default: `ppo`. All methods update the policy with PPO, with the options in `ppo`'),
  ppo: ppo.prefault({}),
  policy: policy
    .optional()
    .describe(
      'Evaluate policies trained elsewhere: nothing is trained here, and `steps`, `levels`, `network` and `ppo` are left out',
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
