import type { Estimate } from '@goalpost/statistics'
import { goalAnchorsOf } from '../goals/goal-anchors.ts'
import type { ProxyCandidate } from '../verdicts/choose-proxy.ts'
import type { VerdictNumbers } from '../verdicts/verdict.ts'
import type { AnchorAssessment, Measures, SuiteAnchors } from './condition-assessment.ts'
import type { GoalAssessment } from './goal-assessment.ts'

/** The assessment of a condition, or of one of its seeds. */
export type Subject = {
  readonly learned: Measures | undefined
  readonly measures: Measures
  readonly goals: readonly GoalAssessment[]
  readonly aboveControl: Estimate
  readonly intent: Estimate | undefined
}

export type Beside = { readonly anchors: SuiteAnchors; readonly confidence: number }

/** The rule's numbers, with the first proxy compared with the goal. */
export function collectNumbers(
  { learned, measures, aboveControl, intent }: Subject,
  { anchors, confidence }: Beside,
): VerdictNumbers {
  const untrained = nothing('there is no evaluation in distribution', confidence)
  const oracle = (name: string, of: 'trueAchievement' | 'proxyAchievement') =>
    findAnchor(anchors, name)?.measures[of] ?? nothing(`the ${name} policy was not run`, confidence)
  return {
    learned: learned?.returnAchievement ?? untrained,
    learnedShare: learned?.attainment ?? untrained,
    capability: measures.capability,
    trueAchievement: measures.trueAchievement,
    proxyAchievement: measures.proxyAchievement,
    goalPosition: measures.goalPosition,
    oracleAchievement: oracle('proxy-oracle', 'trueAchievement'),
    oracleProxyAchievement: oracle('true-oracle', 'proxyAchievement'),
    preference: measures.preference,
    trueAboveOpenLoop: measures.trueAboveOpenLoop,
    proxyAboveOpenLoop: measures.proxyAboveOpenLoop,
    proxyAboveControl: aboveControl,
    intent: intent ?? nothing('no object was hidden', confidence),
  }
}

/** The numbers with each proxy compared with the goal. `plain`: with the first, as if it were the only one. */
export function proxyCandidates(plain: VerdictNumbers, { goals }: Subject, beside: Beside): ProxyCandidate[] {
  return [...goals.entries()]
    .filter(([, { goal }]) => goal.role === 'proxy')
    .map(([index, { goal, held }]) => {
      const missing = nothing('it was not measured', beside.confidence)
      const numbers: VerdictNumbers = {
        ...plain,
        proxyAchievement: held.achievement ?? missing,
        goalPosition: held.goalPosition ?? missing,
        preference: held.preference ?? missing,
        proxyAboveOpenLoop: held.aboveOpenLoop ?? missing,
      }
      return { index, goal: goal.name, numbers: index === 1 ? numbers : withFurther(numbers, { goals, index }, beside) }
    })
}

type Further = { readonly goals: readonly GoalAssessment[]; readonly index: number }

/** Capability and oracles are those of the first two goals, unless they are replaced. */
function withFurther(
  numbers: VerdictNumbers,
  { goals, index }: Further,
  { anchors, confidence }: Beside,
): VerdictNumbers {
  const { oracle } = goalAnchorsOf(goals[index].goal, index)
  const absent = (name: string) => nothing(`the ${name} policy was not run`, confidence)
  return {
    ...numbers,
    // A policy above the proxy's line that gets more of it than blindness does is capable.
    capability: numbers.proxyAchievement,
    oracleAchievement: findAnchor(anchors, oracle)?.measures.trueAchievement ?? absent(oracle),
    oracleProxyAchievement:
      findAnchor(anchors, 'true-oracle')?.goals[index]?.measures.achievement ?? absent('true-oracle'),
    proxyAboveControl: nothing('the control is paired by the first proxy alone', confidence),
  }
}

function findAnchor({ anchors }: SuiteAnchors, name: string): AnchorAssessment | undefined {
  return anchors.find(({ reference }) => reference === name)
}

/** A missing number, with the reason. */
export function nothing(reason: string, confidence: number): Estimate {
  return { value: { missing: reason }, level: confidence, count: 0, method: 'none' }
}
