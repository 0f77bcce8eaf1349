import type { Probe } from './bisect.ts'
import type { RuleEvidence } from './evidence.ts'
import { judgeRule, type WatchedRule } from './judge-rule.ts'

type Judged = {
  readonly rules: readonly (WatchedRule & { readonly evidence: RuleEvidence })[]
  /** The probability that a probe calls a good version bad, or a bad one good. */
  readonly errorRate: number
}

/** One version's state in a search: bad if it violates a rule, good if it keeps all of them. */
export function judgeProbe({ rules, errorRate }: Judged): Probe['state'] {
  const levels = { violation: errorRate / Math.max(1, rules.length), compliance: errorRate }
  const states = rules.map(({ evidence, ...watched }) => judgeRule(watched, evidence, levels).state)
  if (states.includes('violated')) return 'bad'
  return states.includes('open') ? 'open' : 'good'
}

/**
 * The error rate of each probe with which a search among `versions` versions is right with probability 1 − `errorRate`. At most
 * 2 ⌈log₂⌉ probes are decided: those on both sides of versions that stay open.
 */
export function probeErrorRate(versions: number, errorRate: number): number {
  return errorRate / Math.max(1, 2 * Math.ceil(Math.log2(versions)))
}
