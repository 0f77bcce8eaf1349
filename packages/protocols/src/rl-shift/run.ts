import type { ProtocolExecutors } from '@goalpost/experiments'
import { evaluatePolicy } from './run/evaluate.ts'
import { evaluateReferences } from './run/references.ts'
import { train } from './run/train.ts'

export const executors: ProtocolExecutors = {
  train,
  evaluate: (context) =>
    'reference' in context.assignment.inputs ? evaluateReferences(context) : evaluatePolicy(context),
}
