import type { TaskResult } from '@goalpost/contracts'
import type { TaskContext } from '@goalpost/experiments'
import { createOpinionCorpus, opinionTextShape } from '@goalpost/language-tasks'
import { trainFromScratch } from '../../../run/train-from-scratch.ts'
import type { CorpusInputs } from '../../../tasks.ts'
import { documents } from '../documents.ts'

/** Pretraining from scratch. */
export async function trainOnCorpus(
  context: TaskContext,
  { link, statements, self, ...inputs }: CorpusInputs,
): Promise<TaskResult> {
  return trainFromScratch(context, inputs, {
    experiment: documents,
    shape: opinionTextShape,
    createDraw: (stream) => createOpinionCorpus({ link, statements, self }, stream.named('world')),
    texts: 'corpus',
  })
}
