import type { TaskResult } from '@goalpost/contracts'
import type { TaskContext } from '@goalpost/experiments'
import { agentDocumentShape, createInstructedDocuments, vocabulary } from '@goalpost/language-tasks'
import { createTransformer, initializeParameters } from '@goalpost/learning'
import { seedStream } from '../../../run/seed-stream.ts'
import { trainOnTexts } from '../../../run/train-on-texts.ts'
import { trainStage } from '../../../run/train-stage.ts'
import type { InstructedInputs } from '../../../tasks.ts'
import { instruction } from '../instruction.ts'

/** Pretraining from scratch. */
export async function trainOnInstructed(context: TaskContext, inputs: InstructedInputs): Promise<TaskResult> {
  const { network, link, self, instructions, steps, batch, learningRate } = inputs
  const stream = seedStream(context)
  const transformer = createTransformer({ ...network, vocabulary: vocabulary.length, context: instruction.context })
  return trainStage(context, (engine) =>
    trainOnTexts(engine, {
      transformer,
      parameters: initializeParameters(transformer, stream.named('init')),
      shape: agentDocumentShape,
      draw: createInstructedDocuments({ link, self, instructions }, stream.named('world')),
      texts: stream.named('documents'),
      options: { steps, batch, learningRate },
    }),
  )
}
