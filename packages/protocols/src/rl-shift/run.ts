import type { ProtocolExecutors } from '@goalpost/experiments'
import { playAnchors } from '../continuing/run/play-anchors.ts'
import { evaluatePolicy } from './run/evaluate.ts'
import { evaluateReferences } from '../worlds/run/references.ts'
import { train } from './subjects/trained/run/train.ts'

export const executors: ProtocolExecutors = {
  train,
  evaluate(context) {
    const { inputs } = context.assignment
    if ('anchors' in inputs) return playAnchors(context)
    return 'reference' in inputs ? evaluateReferences(context) : evaluatePolicy(context)
  },
}
