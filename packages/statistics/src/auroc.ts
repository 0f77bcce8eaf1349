/**
 * The area under the receiver operating characteristic: the probability that a positive's score is larger than a
 * negative's, ties counting half (Hanley & McNeil, 1982). Null unless there are both. Scores are not NaN.
 */
export function auroc(scores: Float64Array, positive: Uint8Array): number | null {
  const order = Array.from(scores, (_, i) => i).sort((a, b) => scores[a] - scores[b])
  const positives = positive.reduce((sum, one) => sum + one, 0)
  const negatives = scores.length - positives
  if (positives === 0 || negatives === 0) return null
  let below = 0
  let wins = 0
  for (let from = 0; from < order.length;) {
    let to = from
    while (to < order.length && scores[order[to]] === scores[order[from]]) to++
    const tied = order.slice(from, to)
    const tiedPositives = tied.reduce((sum, i) => sum + positive[i], 0)
    const tiedNegatives = tied.length - tiedPositives
    wins += tiedPositives * (below + tiedNegatives / 2)
    below += tiedNegatives
    from = to
  }
  return wins / (positives * negatives)
}
