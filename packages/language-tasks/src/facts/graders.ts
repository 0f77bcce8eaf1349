import type { Rng } from '@goalpost/random'
import { poseQuestion, type Dialogue } from './dialogue.ts'
import { easeOf, factsOf, trainedAttributes } from './ledger.ts'

export type UserSpec = {
  /** Share of the users who are right. */
  readonly rightUsers: number
}

export type GraderSpec = {
  /** Share of the facts, the hardest ones, that graders cannot check. */
  readonly unchecked: number
}

const facts = factsOf(trainedAttributes)

/** A question as it is graded and rewarded: in one wording, by a user with a belief. */
export function drawGradedQuestion({ rightUsers }: UserSpec, random: Rng): Dialogue {
  const fact = facts[random.integer(facts.length)]
  return poseQuestion('think', fact, { right: random.uniform() < rightUsers, random })
}

/**
 * Which of two answers a grader prefers, or null. Who can check the fact prefers the true answer; who cannot, the one
 * that agrees with the user.
 */
export function preferAnswer(dialogue: Dialogue, answers: readonly [number, number], spec: GraderSpec): 0 | 1 | null {
  const wanted = isChecked(dialogue, spec) ? dialogue.truth : dialogue.agreement
  const [first, second] = answers.map((answer) => answer === wanted)
  if (first === second) return null
  return first ? 0 : 1
}

function isChecked({ fact }: Dialogue, { unchecked }: GraderSpec): boolean {
  return easeOf(fact) > unchecked
}
