import { encodeWords } from '../vocabulary.ts'
import { unknownsOf, type Expression } from './expression.ts'

/**
 * A dialogue in which the first unknowns have been asked for and answered, up to the assistant's turn, e.g.
 * `<bos> U x 3 y A ask x 2 A`.
 */
export function expressionPrompt(expression: Expression, asked: number): number[] {
  return encodeWords(words(expression, asked).join(' '))
}

/** The same, and the assistant has said that it knows the value. */
export function valuePrompt(expression: Expression): number[] {
  return encodeWords([...words(expression, unknownsOf(expression).length), 'val'].join(' '))
}

function words(expression: Expression, asked: number): string[] {
  const shown = expression.values.map((value, term) => expression.letters[term] ?? String(value))
  const questions = unknownsOf(expression)
    .slice(0, asked)
    .flatMap(({ letter, value }) => ['ask', letter, String(value), 'A'])
  return ['<bos>', 'U', ...shown, 'A', ...questions]
}
