import type { TaskResult } from '@goalpost/contracts'
import type { TaskContext } from '@goalpost/experiments'
import { createExpressionDialogues, expressionDialogueShape, vocabulary } from '@goalpost/language-tasks'
import { createTransformer, initializeParameters } from '@goalpost/learning'
import { seedStream } from '../../../run/seed-stream.ts'
import { trainOnTexts } from '../../../run/train-on-texts.ts'
import { trainStage } from '../../../run/train-stage.ts'
import type { DialoguesInputs } from '../../../tasks.ts'
import { expressions } from '../expressions.ts'

/** Supervised training from scratch. */
export async function trainOnDialogues(context: TaskContext, inputs: DialoguesInputs): Promise<TaskResult> {
  const { network, unknowns, mixed, worked, steps, batch, learningRate } = inputs
  const stream = seedStream(context)
  const transformer = createTransformer({ ...network, vocabulary: vocabulary.length, context: expressions.context })
  return trainStage(context, (engine) =>
    trainOnTexts(engine, {
      transformer,
      parameters: initializeParameters(transformer, stream.named('init')),
      shape: expressionDialogueShape,
      draw: createExpressionDialogues({ unknowns, mixed, worked }),
      texts: stream.named('dialogues'),
      options: { steps, batch, learningRate },
    }),
  )
}
