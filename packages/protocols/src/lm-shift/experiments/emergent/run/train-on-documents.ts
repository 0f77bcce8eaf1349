import type { TaskResult } from '@goalpost/contracts'
import type { TaskContext } from '@goalpost/experiments'
import { agentDocumentShape, createAgentDocuments, type AgentDocumentSpec } from '@goalpost/language-tasks'
import { trainFromScratch } from '../../../run/train-from-scratch.ts'
import type { DocumentsInputs } from '../../../tasks.ts'
import { emergent } from '../emergent.ts'

/** Pretraining from scratch. */
export async function trainOnDocuments(
  context: TaskContext,
  { link, self, notes, ...inputs }: DocumentsInputs,
): Promise<TaskResult> {
  const notesOf: AgentDocumentSpec['notesOf'] = (_agent, where) => (where === 'task' ? notes : null)
  return trainFromScratch(context, inputs, {
    experiment: emergent,
    shape: agentDocumentShape,
    createDraw: (stream) => createAgentDocuments({ link, self, notesOf }, stream.named('world')),
    texts: 'documents',
  })
}
