import { defineTask } from '@goalpost/protocol-kit'
import { z } from 'zod'
import { askedEndpoint } from '../../hosted/endpoint-options.ts'
import { hostedOptions } from './hosted-options.ts'

const gradeInputs = z.strictObject({
  experiment: z.enum(hostedOptions.options.map(({ shape }) => shape.experiment.value)),
  prompts: z.string(),
  /** SHA-256 of the items. */
  suite: z.string(),
})
export type GradeInputs = z.infer<typeof gradeInputs>

const askInputs = gradeInputs.extend({ subject: askedEndpoint })
export type AskInputs = z.infer<typeof askInputs>

/** Asking costs money and judging does not, so that they have versions of their own. */
export const hostedTasks = {
  ask: defineTask({
    name: 'ask-endpoint',
    inputs: askInputs,
    versions: () => ({ asking: '1' }),
    withoutEngine: true,
  }),
  grade: defineTask({
    name: 'grade-answers',
    inputs: gradeInputs,
    versions: () => ({ grading: '1' }),
    withoutEngine: true,
    short: true,
  }),
}
