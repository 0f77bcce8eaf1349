import { playContinuingReferences } from '../continuing/run/play-references.ts'
import { implementTasks } from '@goalpost/protocol-kit'
import { evaluateReferences } from '../worlds/run/references.ts'
import { evaluatePolicy } from './run/evaluate.ts'
import { train } from './subjects/trained/run/train.ts'
import { tasks } from './tasks.ts'

export const executors = implementTasks(tasks, {
  train,
  evaluate: evaluatePolicy,
  references: evaluateReferences,
  anchors: playContinuingReferences,
})
