import type { Stages } from '@goalpost/contracts'
import type { Probe } from './bisect.ts'
import { nextStage, type RunDecision } from './decide-run.ts'
import type { RuleEvidence } from './evidence.ts'
import { judgeRule, type WatchedRule } from './judge-rule.ts'

type Judged = {
  readonly rules: readonly (WatchedRule & { readonly evidence: RuleEvidence })[]
  /** The probability that a probe calls a good version bad, or a bad one good. */
  readonly errorRate: number
}

/** One version's state in a search: bad if it violates a rule, good if it keeps all of them. */
export function judgeProbe(judged: Judged): Probe['state'] {
  const states = judgeRules(judged).map(({ state }) => state)
  if (states.includes('violated')) return 'bad'
  return states.includes('open') ? 'open' : 'good'
}

function judgeRules({ rules, errorRate }: Judged) {
  const levels = { violation: errorRate / Math.max(1, rules.length), compliance: errorRate }
  return rules.map(({ evidence, ...watched }) => judgeRule(watched, evidence, levels))
}

const outcomes = { good: 'pass', bad: 'fail', open: 'undecided' } as const

/** The next step of a probe's run: more units only while its state is open. */
export function decideProbe(
  judged: Judged & { readonly stages: Stages; /** Units so far. */ readonly evaluated: number },
): RunDecision {
  const judgements = judgeRules(judged)
  const state = judgeProbe(judged)
  const units = nextStage(judged.stages, judged.evaluated)
  const helped = judgements.some(({ unitsNeeded }) => unitsNeeded !== null)
  if (state === 'open' && units !== null && helped) return { type: 'evaluate', units, judgements }
  return { type: 'decided', outcome: outcomes[state], judgements }
}

/**
 * The error rate of each probe with which a search among `versions` versions is right with probability 1 − `errorRate`. At most
 * 2 ⌈log₂⌉ probes are decided: those on both sides of versions that stay open.
 */
export function probeErrorRate(versions: number, errorRate: number): number {
  return errorRate / Math.max(1, 2 * Math.ceil(Math.log2(versions)))
}
