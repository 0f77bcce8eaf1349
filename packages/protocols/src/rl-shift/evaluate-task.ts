import { algorithmVersion as evaluationVersion } from '@goalpost/evaluation'
import { z } from 'zod'
import { defineTask } from '@goalpost/protocol-kit'
import { environmentVersion } from '../worlds/environment-version.ts'
import { worldInputs } from '../worlds/suites/world-inputs.ts'
import { hiddenPlay } from './hidden-play.ts'
import { importedPolicyInputs } from './subjects/imported/imported-policy-inputs.ts'
import { network } from './subjects/trained/network-options.ts'
import { trainedLevels } from './subjects/trained/trained-levels.ts'
import { trainingVersion } from './subjects/trained/training-version.ts'

/** Raised whenever imported policies are fed or read differently. */
const importingVersion = '1'
/** Raised whenever ensembles ask or are helped differently. */
const helpVersion = '2'
/** Raised whenever policies are told goals differently. */
const tellingVersion = '1'
/** Raised whenever policies are attacked differently. */
const attackVersion = '2'
/** Raised whenever goal modules are asked differently. */
const pointingVersion = '1'

const common = z.strictObject({
  suites: z.array(worldInputs).min(1).readonly(),
  acting: z
    .array(z.enum(['sampled', 'greedy']))
    .min(1)
    .readonly(),
  episodesPerLevel: z.int(),
  batch: z.int(),
  /** Environment steps that the evaluated policy was trained for. */
  step: z.int(),
  /** Whether the outcome of every level is kept, for verdicts and comparisons. */
  keepOutcomes: z.boolean(),
  /** Suites that are replayed with an object hidden, in the first acting mode; default: none. */
  hidden: z.array(hiddenPlay).readonly().optional(),
  /** Whether the critic's values are kept by place, in the first acting mode; default: no. */
  critic: z.literal(true).optional(),
  /** Episodes of each suite that pursue the wrong goal, kept for viewing; default: none. */
  recordings: z.int().optional(),
  /** Episodes of each suite and acting mode whose actions are kept; default: none. */
  trajectories: z.int().optional(),
  /** Whether they are kept with what the policy thought at each step; default: no. */
  decisions: z.literal(true).optional(),
})

/** An ensemble's plays with help. */
const helpPlays = z.strictObject({
  /** Shares of the steps, from 0 to 1, at which help is meant to be given. */
  shares: z.array(z.number()).readonly(),
  /** Of the ensemble. */
  members: z.int(),
  /** The first levels of each suite. */
  levels: z.int(),
})
export type HelpPlays = z.infer<typeof helpPlays>

/** A search for levels on which the policy fails. */
const attackPlays = trainedLevels.pick({ environment: true, parameters: true, alpha: true }).extend({
  levels: z.int(),
  rounds: z.int(),
})
export type AttackPlays = z.infer<typeof attackPlays>

/** For the policy of the required training. */
const ofTrained = common.extend({
  network,
  /** The training whose levels are searched for in the suites, at its end; default: none. */
  training: trainedLevels.optional(),
  /** Plays of an ensemble that asks for help; default: none. */
  help: helpPlays.optional(),
  /** True: the policy is told the goal's place; `nothing`: it could be, and is not. Default: it cannot be told. */
  told: z.union([z.literal(true), z.literal('nothing')]).optional(),
  /** Whether it is kept where the policy's goal module points; default: no, as most have none. */
  pointing: z.literal(true).optional(),
  /** Attacks on the policy; default: none. */
  attack: attackPlays.optional(),
})

/** What a policy is told. */
export type Told = z.infer<typeof ofTrained>['told']

export type TrainedEvaluateInputs = z.infer<typeof ofTrained>

/** For the policy in an uploaded file. */
const ofImported = common.extend({ policy: importedPolicyInputs })

const evaluateInputs = z.union([ofTrained, ofImported])
export type EvaluateInputs = z.infer<typeof evaluateInputs>
export type ImportedEvaluateInputs = z.infer<typeof ofImported>

/** Every suite, played by one policy. */
export const evaluateTask = defineTask({
  name: 'evaluate',
  inputs: evaluateInputs,
  versions: (inputs) => ({
    ...environmentVersion(inputs.suites[0].environment),
    evaluation: evaluationVersion,
    ...('policy' in inputs ? { importing: importingVersion } : { training: trainingVersion }),
    ...('help' in inputs && inputs.help !== undefined ? { help: helpVersion } : {}),
    ...('told' in inputs && inputs.told !== undefined ? { telling: tellingVersion } : {}),
    ...('attack' in inputs && inputs.attack !== undefined ? { attack: attackVersion } : {}),
    ...('pointing' in inputs && inputs.pointing !== undefined ? { pointing: pointingVersion } : {}),
  }),
  short: true,
})

export const evaluationKey = (step: number) => `evaluate@${step}`
