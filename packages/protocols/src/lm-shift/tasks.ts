import { defineTask } from '@goalpost/protocol-kit'
import { z } from 'zod'
import { networkOptions } from './common-options.ts'
import { hostedTasks } from './hosted/hosted-tasks.ts'
import { corpusStage, opinionsStage } from './experiments/documents/stages.ts'
import { documentsStage, reinforceStage } from './experiments/emergent/stages.ts'
import { dialoguesStage } from './experiments/expressions/stages.ts'
import { instructedStage } from './experiments/instruction/stages.ts'
import { fineTuneStage, preferStage } from './experiments/post-training/stages.ts'
import { curriculumStage, historiesStage } from './experiments/subterfuge/stages.ts'
import {
  bestOfStage,
  dpoStage,
  optimiseStage,
  preferencesStage,
  questionsStage,
} from './experiments/sycophancy/stages.ts'
import { options } from './experiments/table.ts'

/** What every training reads besides its stage. */
const training = { network: networkOptions, position: z.number().int().min(0) }

const documentsInputs = documentsStage.extend(training)
export type DocumentsInputs = z.infer<typeof documentsInputs>
const reinforceInputs = reinforceStage.extend(training)
export type ReinforceInputs = z.infer<typeof reinforceInputs>

const questionsInputs = questionsStage.extend(training)
export type QuestionsInputs = z.infer<typeof questionsInputs>
const preferencesInputs = preferencesStage.extend(training)
export type PreferencesInputs = z.infer<typeof preferencesInputs>
const dpoInputs = dpoStage.extend(training)
export type DpoInputs = z.infer<typeof dpoInputs>
const optimiseInputs = optimiseStage.extend(training)
export type OptimiseInputs = z.infer<typeof optimiseInputs>
const bestOfInputs = bestOfStage.extend(training)
export type BestOfInputs = z.infer<typeof bestOfInputs>

const dialoguesInputs = dialoguesStage.extend(training)
export type DialoguesInputs = z.infer<typeof dialoguesInputs>

const historiesInputs = historiesStage.extend(training)
export type HistoriesInputs = z.infer<typeof historiesInputs>
const curriculumInputs = curriculumStage.extend(training)
export type CurriculumInputs = z.infer<typeof curriculumInputs>

const corpusInputs = corpusStage.extend(training)
export type CorpusInputs = z.infer<typeof corpusInputs>
const opinionsInputs = opinionsStage.extend({
  ...training,
  /** What ordinary documents are like. */
  corpus: corpusStage.pick({ link: true, statements: true, self: true }),
})
export type OpinionsInputs = z.infer<typeof opinionsInputs>

const fineTuneInputs = fineTuneStage.extend(training)
export type FineTuneInputs = z.infer<typeof fineTuneInputs>
const preferInputs = preferStage.extend(training)
export type PreferInputs = z.infer<typeof preferInputs>

const instructedInputs = instructedStage.extend(training)
export type InstructedInputs = z.infer<typeof instructedInputs>

const probeInputs = z.strictObject({
  experiment: z.enum(options.options.map(({ shape }) => shape.experiment.value)),
  /** SHA-256 of the probed prompts. */
  suite: z.string(),
})
export type ProbeInputs = z.infer<typeof probeInputs>

const versions = () => ({ world: '1', training: '1' })

export const tasks = {
  documents: defineTask({ name: 'train-on-documents', inputs: documentsInputs, versions }),
  reinforce: defineTask({ name: 'reinforce-acts', inputs: reinforceInputs, versions }),
  questions: defineTask({ name: 'train-on-questions', inputs: questionsInputs, versions }),
  preferences: defineTask({ name: 'learn-preferences', inputs: preferencesInputs, versions }),
  dpo: defineTask({ name: 'optimise-preferences', inputs: dpoInputs, versions }),
  optimise: defineTask({ name: 'optimise-answers', inputs: optimiseInputs, versions }),
  bestOf: defineTask({ name: 'select-answers', inputs: bestOfInputs, versions, short: true, withoutEngine: true }),
  dialogues: defineTask({ name: 'train-on-dialogues', inputs: dialoguesInputs, versions }),
  histories: defineTask({ name: 'train-on-histories', inputs: historiesInputs, versions }),
  curriculum: defineTask({ name: 'reinforce-rung', inputs: curriculumInputs, versions }),
  corpus: defineTask({ name: 'train-on-corpus', inputs: corpusInputs, versions }),
  opinions: defineTask({ name: 'train-on-opinions', inputs: opinionsInputs, versions }),
  fineTune: defineTask({ name: 'fine-tune-on-chats', inputs: fineTuneInputs, versions }),
  prefer: defineTask({ name: 'reinforce-chats', inputs: preferInputs, versions }),
  instructed: defineTask({ name: 'train-on-instructed', inputs: instructedInputs, versions }),
  ...hostedTasks,
  probe: defineTask({ name: 'probe', inputs: probeInputs, versions: () => ({ probing: '2' }), short: true }),
}
