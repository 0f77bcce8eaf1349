import type { TaskResult } from '@goalpost/contracts'
import type { TaskContext } from '@goalpost/experiments'
import { chatShape, drawChatDemonstration } from '@goalpost/language-tasks'
import { createTransformer } from '@goalpost/learning'
import { readModel } from '../../../run/read-model.ts'
import { seedStream } from '../../../run/seed-stream.ts'
import { trainOnTexts } from '../../../run/train-on-texts.ts'
import { trainStage } from '../../../run/train-stage.ts'
import type { FineTuneInputs } from '../../../tasks.ts'

/** Supervised post-training. */
export async function fineTuneOnChats(context: TaskContext, inputs: FineTuneInputs): Promise<TaskResult> {
  const { position, learningRate, ...options } = inputs
  const model = await readModel(context)
  return trainStage(context, (engine) =>
    trainOnTexts(engine, {
      transformer: createTransformer(model.spec),
      parameters: model.parameters,
      shape: chatShape,
      draw: drawChatDemonstration,
      texts: seedStream(context).named(`stage-${position}`),
      options: { ...options, learningRate },
      learningRateOf: () => learningRate,
    }),
  )
}
