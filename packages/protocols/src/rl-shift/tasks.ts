import { continuingReferenceTask } from '../continuing/reference-task.ts'
import { referenceTask } from '../worlds/references/reference-task.ts'
import { evaluateTask } from './evaluate-task.ts'
import { trainTask } from './subjects/trained/train-task.ts'

export const tasks = {
  train: trainTask,
  evaluate: evaluateTask,
  references: referenceTask,
  anchors: continuingReferenceTask,
}
