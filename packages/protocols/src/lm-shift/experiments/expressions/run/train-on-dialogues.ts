import type { TaskResult } from '@goalpost/contracts'
import type { TaskContext } from '@goalpost/experiments'
import { createExpressionDialogues, expressionDialogueShape } from '@goalpost/language-tasks'
import { trainFromScratch } from '../../../run/train-from-scratch.ts'
import type { DialoguesInputs } from '../../../tasks.ts'
import { expressions } from '../expressions.ts'

/** Supervised training from scratch. */
export async function trainOnDialogues(
  context: TaskContext,
  { unknowns, mixed, worked, ...inputs }: DialoguesInputs,
): Promise<TaskResult> {
  return trainFromScratch(context, inputs, {
    experiment: expressions,
    shape: expressionDialogueShape,
    createDraw: () => createExpressionDialogues({ unknowns, mixed, worked }),
    texts: 'dialogues',
  })
}
