import type { TaskResult } from '@goalpost/contracts'
import type { TaskContext } from '@goalpost/experiments'
import { createFactDialogues, factDialogueShape, vocabulary } from '@goalpost/language-tasks'
import { createTransformer, initializeParameters } from '@goalpost/learning'
import { seedStream } from '../../../run/seed-stream.ts'
import { trainOnTexts } from '../../../run/train-on-texts.ts'
import { trainStage } from '../../../run/train-stage.ts'
import type { QuestionsInputs } from '../../../tasks.ts'
import { sycophancy } from '../sycophancy.ts'

/** Supervised training from scratch. */
export async function trainOnQuestions(context: TaskContext, inputs: QuestionsInputs): Promise<TaskResult> {
  const { network, agreement, steps, batch, learningRate } = inputs
  const stream = seedStream(context)
  const transformer = createTransformer({ ...network, vocabulary: vocabulary.length, context: sycophancy.context })
  return trainStage(context, (engine) =>
    trainOnTexts(engine, {
      transformer,
      parameters: initializeParameters(transformer, stream.named('init')),
      shape: factDialogueShape,
      draw: createFactDialogues({ agreement }),
      texts: stream.named('questions'),
      options: { steps, batch, learningRate },
    }),
  )
}
