import { goalAnchorsOf } from '../goals/goal-anchors.ts'
import type { AnchorName } from './anchor-names.ts'
import { collectNumbers, nothing, proxyCandidates, type Beside } from './collect-numbers.ts'
import type { AnchorAssessment, ReferenceNumbers } from './condition-assessment.ts'

/**
 * The rule's numbers of the reference policies, so that a policy's numbers can be read against them.
 *
 * @param index Of the proxy that is compared with the goal, among the environment's goals.
 */
export function referenceNumbers(index: number, beside: Beside): readonly ReferenceNumbers[] {
  return beside.anchors.anchors.map((anchor) => ({
    reference: anchor.reference,
    numbers: numbersOf(anchor, index, beside),
  }))
}

function numbersOf({ measures, goals }: AnchorAssessment, index: number, beside: Beside) {
  const aboveControl = nothing('reference policies are not compared with a control', beside.confidence)
  const subject = { learned: undefined, measures, goals, aboveControl, intent: undefined }
  const plain = collectNumbers(subject, beside)
  return proxyCandidates(plain, subject, beside).find((candidate) => candidate.index === index)?.numbers ?? plain
}

/** The oracle of the proxy that is compared with the goal. */
export function proxyOracleOf({ anchors }: Beside['anchors'], index: number): AnchorName {
  const goal = anchors[0]?.goals[index]?.goal ?? { name: 'proxy' }
  return goalAnchorsOf(goal, index).oracle
}
