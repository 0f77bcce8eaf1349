import type { TaskResult } from '@goalpost/contracts'
import type { TaskContext } from '@goalpost/experiments'
import { agentDocumentShape, createAgentDocuments, vocabulary, type AgentDocumentSpec } from '@goalpost/language-tasks'
import { createTransformer, initializeParameters } from '@goalpost/learning'
import { seedStream } from '../../../run/seed-stream.ts'
import { trainOnTexts } from '../../../run/train-on-texts.ts'
import { trainStage } from '../../../run/train-stage.ts'
import type { DocumentsInputs } from '../../../tasks.ts'
import { emergent } from '../emergent.ts'

/** Pretraining from scratch. */
export async function trainOnDocuments(context: TaskContext, inputs: DocumentsInputs): Promise<TaskResult> {
  const { network, link, self, notes, steps, batch, learningRate } = inputs
  const stream = seedStream(context)
  const transformer = createTransformer({ ...network, vocabulary: vocabulary.length, context: emergent.context })
  const notesOf: AgentDocumentSpec['notesOf'] = (_agent, where) => (where === 'task' ? notes : null)
  return trainStage(context, (engine) =>
    trainOnTexts(engine, {
      transformer,
      parameters: initializeParameters(transformer, stream.named('init')),
      shape: agentDocumentShape,
      draw: createAgentDocuments({ link, self, notesOf }, stream.named('world')),
      texts: stream.named('documents'),
      options: { steps, batch, learningRate },
    }),
  )
}
