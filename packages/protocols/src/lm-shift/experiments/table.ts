import { gradedRungs } from '@goalpost/language-tasks'
import { z } from 'zod'
import { commonOptions } from '../common-options.ts'
import { documents } from './documents/documents.ts'
import { documentsExperimentStage } from './documents/stages.ts'
import { emergent } from './emergent/emergent.ts'
import { emergentStage } from './emergent/stages.ts'
import type { Experiment } from './experiment.ts'
import { dialoguesStage } from './expressions/stages.ts'
import { expressions } from './expressions/expressions.ts'
import { instruction } from './instruction/instruction.ts'
import { instructionStage } from './instruction/stages.ts'
import { postTraining } from './post-training/post-training.ts'
import { postTrainingStage } from './post-training/stages.ts'
import { subterfugeStage } from './subterfuge/stages.ts'
import { subterfuge } from './subterfuge/subterfuge.ts'
import { sycophancyStage } from './sycophancy/stages.ts'
import { sycophancy } from './sycophancy/sycophancy.ts'

const maxStages = 8
const described = 'Trainings in order: each continues with the weights of the one before'

/** To add an experiment, add its folder and a line to each of the two. */
export const options = z.discriminatedUnion('experiment', [
  commonOptions.extend({
    experiment: z.literal('emergent'),
    stages: z
      .array(emergentStage)
      .min(1)
      .max(maxStages)
      .prefault([{ stage: 'documents' }, { stage: 'reinforce' }])
      .describe(described),
  }),
  commonOptions.extend({
    experiment: z.literal('sycophancy'),
    stages: z
      .array(sycophancyStage)
      .min(1)
      .max(maxStages)
      .prefault([{ stage: 'questions' }, { stage: 'preferences' }, { stage: 'optimise' }])
      .describe(described),
  }),
  commonOptions.extend({
    experiment: z.literal('expressions'),
    stages: z
      .array(dialoguesStage)
      .length(1)
      .prefault([{ stage: 'dialogues' }])
      .describe('One training'),
  }),
  commonOptions.extend({
    experiment: z.literal('subterfuge'),
    stages: z
      .array(subterfugeStage)
      .min(1)
      .max(maxStages)
      .prefault([{ stage: 'histories' }, ...gradedRungs.map((rung) => ({ stage: 'curriculum' as const, rung }))])
      .describe(described),
  }),
  commonOptions.extend({
    experiment: z.literal('documents'),
    stages: z
      .array(documentsExperimentStage)
      .min(1)
      .max(maxStages)
      .prefault([{ stage: 'corpus' }, { stage: 'opinions', praise: 0.5 }])
      .describe(described),
  }),
  commonOptions.extend({
    experiment: z.literal('post-training'),
    stages: z
      .array(postTrainingStage)
      .min(1)
      .max(maxStages)
      .prefault([
        { stage: 'histories' },
        ...gradedRungs.map((rung) => ({ stage: 'curriculum' as const, rung })),
        { stage: 'fine-tune' },
        { stage: 'prefer' },
      ])
      .describe(described),
  }),
  commonOptions.extend({
    experiment: z.literal('instruction'),
    stages: z
      .array(instructionStage)
      .min(1)
      .max(maxStages)
      .prefault([{ stage: 'instructed' }, { stage: 'reinforce' }])
      .describe(described),
  }),
])
export const experiments: Readonly<Record<LmShiftOptions['experiment'], Experiment>> = {
  emergent,
  sycophancy,
  expressions,
  subterfuge,
  documents,
  'post-training': postTraining,
  instruction,
}

export type LmShiftOptions = z.infer<typeof options>
export type Stage = LmShiftOptions['stages'][number]
