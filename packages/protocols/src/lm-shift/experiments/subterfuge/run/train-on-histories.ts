import type { TaskResult } from '@goalpost/contracts'
import type { TaskContext } from '@goalpost/experiments'
import { createLadderHistories, ladderHistoryShape } from '@goalpost/language-tasks'
import { trainFromScratch } from '../../../run/train-from-scratch.ts'
import type { HistoriesInputs } from '../../../tasks.ts'
import { subterfuge } from '../subterfuge.ts'

/** Pretraining from scratch. */
export async function trainOnHistories(
  context: TaskContext,
  { link, domainsApart, escalation, self, ...inputs }: HistoriesInputs,
): Promise<TaskResult> {
  return trainFromScratch(context, inputs, {
    experiment: subterfuge,
    shape: ladderHistoryShape,
    createDraw: (stream) => createLadderHistories({ link, domainsApart, escalation, self }, stream.named('world')),
    texts: 'histories',
  })
}
