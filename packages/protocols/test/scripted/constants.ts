import { createOpenLoopPolicy } from '@goalpost/evaluation'
import type { ScriptedPolicy } from './scripted-policy.ts'

/** The same logits in every state: observations change nothing. */
export function constantLogits(logits: readonly number[]): ScriptedPolicy {
  const weights = logits.map(Math.exp)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return ({ simulator }) => createOpenLoopPolicy({ cycle: [weights.map((weight) => weight / total)] }, simulator)
}
