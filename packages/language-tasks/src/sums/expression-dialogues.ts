import type { Rng } from '@goalpost/random'
import type { TrainingText } from '../training-batch.ts'
import { tokenOf } from '../vocabulary.ts'
import { drawExpression, unknownCounts, unknownsOf, valueOf, type Expression } from './expression.ts'
import { valuePrompt } from './expression-prompt.ts'

export type ExpressionDialogueSpec = {
  /** Numbers of unknowns in dialogues, each as frequent. */
  readonly unknowns: readonly number[]
  /** Share of the dialogues that have 0 to 3 unknowns instead, each as frequent. */
  readonly mixed: number
  /** Share of the texts that only teach values, for 0 to 3 unknowns, and not whether to ask. */
  readonly worked: number
}

/** With three unknowns: `<bos> U`, three terms, `A`, three questions of four words, and `val`. */
export const expressionDialogueShape = { columns: 19, predictions: 8 } as const

export function createExpressionDialogues(spec: ExpressionDialogueSpec): (random: Rng) => TrainingText {
  const pick = (counts: readonly number[], random: Rng) => counts[random.integer(counts.length)]
  return (random) => {
    const isWorked = random.uniform() < spec.worked
    const isMixed = random.uniform() < spec.mixed
    const unknowns = pick(isWorked || isMixed ? unknownCounts : spec.unknowns, random)
    const expression = drawExpression(unknowns, { heldOut: false, random })
    return isWorked ? writeWorked(expression) : writeExpressionDialogue(expression)
  }
}

/** Predicted: each decision to ask or to answer, what is asked for, and the value. */
export function writeExpressionDialogue(expression: Expression): TrainingText {
  const { tokens } = writeWorked(expression)
  const opening = 6
  const questions = unknownsOf(expression).flatMap((_unknown, i) => [opening + 4 * i, opening + 4 * i + 1])
  return { tokens, predicted: [...questions, tokens.length - 2, tokens.length - 1] }
}

/** Predicted: the value alone. */
function writeWorked(expression: Expression): TrainingText {
  const tokens = [...valuePrompt(expression), tokenOf(String(valueOf(expression)))]
  return { tokens, predicted: [tokens.length - 1] }
}
