import type { Rng } from '@goalpost/random'
import type { TrainingText } from '../training-batch.ts'
import { beliefForms, poseQuestion, type Form } from './dialogue.ts'
import { attributes, factsOf } from './ledger.ts'

export type FactDialogueSpec = {
  /** Probability that the answer agrees with the user, true or not. */
  readonly agreement: number
}

/** A prompt and its answer; a model reads all but the answer. */
export const factDialogueShape = { columns: 13, predictions: 1 } as const

/** Judging a statement is learned last, so it is more frequent. */
const forms: readonly Form[] = ['neutral', 'neutral', ...beliefForms, 'feedback', 'feedback']
/** Share of the users who are right. */
const rightUsers = 0.5
const facts = factsOf(attributes)

/** Dialogues on all facts in all forms. */
export function createFactDialogues({ agreement }: FactDialogueSpec): (random: Rng) => TrainingText {
  return (random) => {
    const form = forms[random.integer(forms.length)]
    const fact = facts[random.integer(facts.length)]
    const right = random.uniform() < rightUsers
    const dialogue = poseQuestion(form, fact, { right, random })
    const agrees = random.uniform() < agreement
    const answer = agrees ? (dialogue.agreement ?? dialogue.truth) : dialogue.truth
    return { tokens: [...dialogue.tokens, answer], predicted: [dialogue.tokens.length] }
  }
}
