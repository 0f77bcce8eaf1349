import type { TaskResult } from '@goalpost/contracts'
import type { TaskContext } from '@goalpost/experiments'
import { agentDocumentShape, createInstructedDocuments } from '@goalpost/language-tasks'
import { trainFromScratch } from '../../../run/train-from-scratch.ts'
import type { InstructedInputs } from '../../../tasks.ts'
import { instruction } from '../instruction.ts'

/** Pretraining from scratch. */
export async function trainOnInstructed(
  context: TaskContext,
  { link, self, instructions, ...inputs }: InstructedInputs,
): Promise<TaskResult> {
  return trainFromScratch(context, inputs, {
    experiment: instruction,
    shape: agentDocumentShape,
    createDraw: (stream) => createInstructedDocuments({ link, self, instructions }, stream.named('world')),
    texts: 'documents',
  })
}
