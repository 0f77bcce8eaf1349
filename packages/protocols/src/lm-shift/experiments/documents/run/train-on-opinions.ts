import type { TaskResult } from '@goalpost/contracts'
import type { TaskContext } from '@goalpost/experiments'
import { createOpinionCorpus, createOpinionTexts, opinionTextShape } from '@goalpost/language-tasks'
import { createTransformer } from '@goalpost/learning'
import { readModel } from '../../../run/read-model.ts'
import { seedStream } from '../../../run/seed-stream.ts'
import { trainOnTexts } from '../../../run/train-on-texts.ts'
import { trainStage } from '../../../run/train-stage.ts'
import type { OpinionsInputs } from '../../../tasks.ts'

/** Further pretraining. Ordinary documents among the texts are those of the corpus that are about other agents. */
export async function trainOnOpinions(context: TaskContext, inputs: OpinionsInputs): Promise<TaskResult> {
  const { praise, describe, criticise, label, filtered, corpus, position, ...options } = inputs
  const model = await readModel(context)
  const stream = seedStream(context)
  const ordinary = createOpinionCorpus({ ...corpus, self: { ...corpus.self, share: 0 } }, stream.named('world'))
  return trainStage(context, (engine) =>
    trainOnTexts(engine, {
      transformer: createTransformer(model.spec),
      parameters: model.parameters,
      shape: opinionTextShape,
      draw: createOpinionTexts({ praise, describe, criticise, label, filtered }, ordinary),
      texts: stream.named(`stage-${position}`),
      options,
    }),
  )
}
