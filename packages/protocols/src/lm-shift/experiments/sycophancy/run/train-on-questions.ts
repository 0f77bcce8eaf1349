import type { TaskResult } from '@goalpost/contracts'
import type { TaskContext } from '@goalpost/experiments'
import { createFactDialogues, factDialogueShape } from '@goalpost/language-tasks'
import { trainFromScratch } from '../../../run/train-from-scratch.ts'
import type { QuestionsInputs } from '../../../tasks.ts'
import { sycophancy } from '../sycophancy.ts'

/** Supervised training from scratch. */
export async function trainOnQuestions(
  context: TaskContext,
  { agreement, ...inputs }: QuestionsInputs,
): Promise<TaskResult> {
  return trainFromScratch(context, inputs, {
    experiment: sycophancy,
    shape: factDialogueShape,
    createDraw: () => createFactDialogues({ agreement }),
    texts: 'questions',
  })
}
