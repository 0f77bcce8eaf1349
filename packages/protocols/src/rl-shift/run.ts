import type { ProtocolExecutors } from '@goalpost/experiments'
import { playAnchors } from './endless/play-anchors.ts'
import { evaluatePolicy } from './run/evaluate.ts'
import { evaluateReferences } from './run/references.ts'
import { train } from './run/train.ts'

export const executors: ProtocolExecutors = {
  train,
  evaluate(context) {
    const { inputs } = context.assignment
    if ('anchors' in inputs) return playAnchors(context)
    return 'reference' in inputs ? evaluateReferences(context) : evaluatePolicy(context)
  },
}
