import type { TaskResult } from '@goalpost/contracts'
import type { TaskContext } from '@goalpost/experiments'
import { createOpinionCorpus, opinionTextShape, vocabulary } from '@goalpost/language-tasks'
import { createTransformer, initializeParameters } from '@goalpost/learning'
import { seedStream } from '../../../run/seed-stream.ts'
import { trainOnTexts } from '../../../run/train-on-texts.ts'
import { trainStage } from '../../../run/train-stage.ts'
import type { CorpusInputs } from '../../../tasks.ts'
import { documents } from '../documents.ts'

/** Pretraining from scratch. */
export async function trainOnCorpus(context: TaskContext, inputs: CorpusInputs): Promise<TaskResult> {
  const { network, link, statements, self, steps, batch, learningRate } = inputs
  const stream = seedStream(context)
  const transformer = createTransformer({ ...network, vocabulary: vocabulary.length, context: documents.context })
  return trainStage(context, (engine) =>
    trainOnTexts(engine, {
      transformer,
      parameters: initializeParameters(transformer, stream.named('init')),
      shape: opinionTextShape,
      draw: createOpinionCorpus({ link, statements, self }, stream.named('world')),
      texts: stream.named('corpus'),
      options: { steps, batch, learningRate },
    }),
  )
}
