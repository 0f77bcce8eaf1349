import { drawGradedQuestion, preferAnswer, type Dialogue } from '@goalpost/language-tasks'
import type { Rng } from '@goalpost/random'
import { questionColumns } from './graded-columns.ts'

type Grading = { readonly rightUsers: number; readonly unchecked: number }

/** Questions as they are graded, and which of two answers a grader prefers. */
export function gradedComparisons({ rightUsers, unchecked }: Grading) {
  return {
    columns: questionColumns,
    draw: (random: Rng) => drawGradedQuestion({ rightUsers }, random),
    prefer: (question: Dialogue, answers: readonly [number, number]) => preferAnswer(question, answers, { unchecked }),
  }
}
