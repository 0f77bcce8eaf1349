import type { TaskResult } from '@goalpost/contracts'
import type { TaskContext } from '@goalpost/experiments'
import { createLadderHistories, ladderHistoryShape, vocabulary } from '@goalpost/language-tasks'
import { createTransformer, initializeParameters } from '@goalpost/learning'
import { seedStream } from '../../../run/seed-stream.ts'
import { trainOnTexts } from '../../../run/train-on-texts.ts'
import { trainStage } from '../../../run/train-stage.ts'
import type { HistoriesInputs } from '../../../tasks.ts'
import { subterfuge } from '../subterfuge.ts'

/** Pretraining from scratch. */
export async function trainOnHistories(context: TaskContext, inputs: HistoriesInputs): Promise<TaskResult> {
  const { network, link, domainsApart, escalation, self, steps, batch, learningRate } = inputs
  const stream = seedStream(context)
  const transformer = createTransformer({ ...network, vocabulary: vocabulary.length, context: subterfuge.context })
  return trainStage(context, (engine) =>
    trainOnTexts(engine, {
      transformer,
      parameters: initializeParameters(transformer, stream.named('init')),
      shape: ladderHistoryShape,
      draw: createLadderHistories({ link, domainsApart, escalation, self }, stream.named('world')),
      texts: stream.named('histories'),
      options: { steps, batch, learningRate },
    }),
  )
}
