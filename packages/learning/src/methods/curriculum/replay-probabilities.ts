export type Prioritization = {
  /** T: the smaller, the more often the levels with the largest scores are replayed. */
  readonly temperature: number
  /** s: the share of replays that go by the time since the last one. */
  readonly staleness: number
}

export type Prioritized = {
  readonly score: number
  /** The replay batch in which the level was last visited. */
  readonly lastVisit: number
}

/**
 * Rank prioritisation (Jiang et al., 2021, arXiv 2010.03934): P = (1 − s) · rank^(−1/T) / Σ + s · age / Σ, with rank 1
 * for the largest score (ties by index) and age = 1 + now − last visit. `now` is the number of replay batches so far.
 */
export function replayProbabilities(
  entries: readonly Prioritized[],
  now: number,
  { temperature, staleness }: Prioritization,
): Float64Array {
  const probabilities = new Float64Array(entries.length)
  const ranks = ranksOf(Float64Array.from(entries, ({ score }) => score))
  let [rankSum, ageSum] = [0, 0]
  for (let i = 0; i < entries.length; i++) {
    rankSum += (i + 1) ** (-1 / temperature)
    ageSum += 1 + now - entries[i].lastVisit
  }
  for (let i = 0; i < entries.length; i++) {
    const age = 1 + now - entries[i].lastVisit
    probabilities[i] = ((1 - staleness) * ranks[i] ** (-1 / temperature)) / rankSum + (staleness * age) / ageSum
  }
  return probabilities
}

/** By element: 1 for the largest score; ties in order. Several times as fast as sorting indices. */
function ranksOf(scores: Float64Array): Int32Array {
  const ascending = scores.toSorted()
  const larger = new Map<number, number>()
  for (let i = ascending.length - 1; i >= 0; i--)
    if (ascending[i] !== ascending[i + 1]) larger.set(ascending[i], ascending.length - 1 - i)
  return Int32Array.from(scores, (score) => {
    const rank = (larger.get(score) ?? 0) + 1
    larger.set(score, rank)
    return rank
  })
}

/** Indices, largest score first; ties in order. */
export function byScore(entries: readonly { readonly score: number }[]): number[] {
  // The sort is stable.
  return [...entries.keys()].sort((a, b) => entries[b].score - entries[a].score)
}
