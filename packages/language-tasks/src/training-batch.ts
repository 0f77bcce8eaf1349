import { padLeft, type TokenRows } from './token-rows.ts'

/** A text, and which of its tokens are to be predicted. */
export type TrainingText = {
  readonly tokens: readonly number[]
  /** Indices into `tokens`, from 1. */
  readonly predicted: readonly number[]
}

/** Texts without their last token, as a model reads them, and the tokens to be predicted. */
export type TrainingBatch = TokenRows & {
  /** [n · predictions] where, among the n · columns positions, the token before a predicted one stands */
  readonly positions: Int32Array
  /** [n · predictions] */
  readonly targets: Int32Array
  /** [n · predictions] 1, or 0 where a text has fewer predicted tokens */
  readonly weights: Float32Array
}

export type BatchShape = {
  readonly columns: number
  /** The most predicted tokens of a text. */
  readonly predictions: number
}

/** @throws RangeError if a text is too long or predicts too many tokens */
export function batchTexts(texts: readonly TrainingText[], { columns, predictions }: BatchShape): TrainingBatch {
  const rows = padLeft(
    texts.map(({ tokens }) => tokens.slice(0, -1)),
    columns,
  )
  const positions = new Int32Array(texts.length * predictions)
  const targets = new Int32Array(texts.length * predictions)
  const weights = new Float32Array(texts.length * predictions)
  texts.forEach(({ tokens, predicted }, row) => {
    if (predicted.length > predictions)
      throw new RangeError(`a text predicts ${predicted.length} tokens, at most ${predictions} fit`)
    predicted.forEach((index, i) => {
      const at = row * predictions + i
      positions[at] = row * columns + rows.starts[row] + index - 1
      targets[at] = tokens[index]
      weights[at] = 1
    })
  })
  return { ...rows, positions, targets, weights }
}
