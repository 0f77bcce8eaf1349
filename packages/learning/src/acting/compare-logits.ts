/** Logits [rows × actions], and the two rows of an observation in each. */
type LogitPair = {
  readonly first: Float32Array
  readonly other: Float32Array
  readonly actions: number
  readonly rows: readonly { readonly first: number; readonly other: number }[]
  /** The distance between neighbouring numbers of the model, as a share of them. */
  readonly step: number
}

/** How far the logit of an action is below the largest one of its row, in both. */
export type Difference = { readonly action: number; readonly first: number; readonly other: number }

/** An action this far below the best one is never chosen (its probability is below 3e-9), whether masked or not. */
const margin = 20
/** Rounding may differ with the batch by this share of the spread of logits. */
const tolerance = 1e-3
/** Steps by which rounding may move a result. */
const roundedSteps = 4

/**
 * The first difference that could change how actions are chosen, beyond rounding; null without one. Only distances from
 * the largest logit of a row matter to that, and no mask, however large, hides a difference of other actions.
 */
export function findDifference(pair: LogitPair): Difference | null {
  const { first, other, actions, rows, step } = pair
  const compared = rows.map((row) => ({
    first: distances(first, row.first * actions, actions),
    other: distances(other, row.other * actions, actions),
  }))
  const spread = compared.reduce((most, row) => Math.max(most, row.first.spread, row.other.spread), 0)
  const share = Math.max(tolerance, roundedSteps * step)
  for (const row of compared) {
    const size = Math.max(Math.abs(row.first.largest), Math.abs(row.other.largest))
    const limit = share * spread + roundedSteps * step * size
    const action = row.first.below.findIndex((distance, i) => Math.abs(distance - row.other.below[i]) > limit)
    if (action !== -1) return { action, first: row.first.below[action], other: row.other.below[action] }
  }
  return null
}

type Distances = {
  readonly largest: number
  /** Of each action, at most the margin. */
  readonly below: readonly number[]
  /** The largest within the margin. */
  readonly spread: number
}

function distances(logits: Float32Array, offset: number, actions: number): Distances {
  const row = [...logits.subarray(offset, offset + actions)]
  const largest = Math.max(...row)
  const below = row.map((logit) => Math.min(largest - logit, margin))
  return { largest, below, spread: Math.max(0, ...below.filter((distance) => distance < margin)) }
}
