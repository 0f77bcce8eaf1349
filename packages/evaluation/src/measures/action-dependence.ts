/** How much a policy's actions depend on its observations, from its action distributions. */
export type ActionDependence = {
  /** One decision, in the episode `cell`; probabilities: [actions], which are copied. */
  add(cell: number, probabilities: Float64Array): void
  /** Bits between 0 and log2(actions); null without a decision. */
  bits(): number | null
  decisions(): number
}

/**
 * I(action; observation) = H(mean π) − mean H(π) over all decisions, equally weighted, in bits. A policy that always
 * uses the same distribution has exactly 0; one whose observation determines the action has the entropy of its actions.
 * A recurrent policy's memory counts as observed.
 *
 * Summed episode by episode, so that the result does not depend on the slots; and as differences from the first
 * decision, so that equal distributions leave no rounding error.
 */
export function createActionDependence(actions: number, cells: number): ActionDependence {
  const first = new Float64Array(actions)
  let firstEntropy = 0
  let decisions = 0
  const shifts = new Float64Array(cells * actions)
  const entropyShifts = new Float64Array(cells)

  return {
    add(cell, probabilities) {
      const entropy = entropyOf(probabilities)
      if (decisions++ === 0) {
        first.set(probabilities)
        firstEntropy = entropy
      }
      const at = cell * actions
      for (let a = 0; a < actions; a++) shifts[at + a] += probabilities[a] - first[a]
      entropyShifts[cell] += entropy - firstEntropy
    },
    bits() {
      if (decisions === 0) return null
      const mean = first.slice()
      shifts.forEach((shift, i) => (mean[i % actions] += shift / decisions))
      const meanEntropy = firstEntropy + entropyShifts.reduce((sum, shift) => sum + shift, 0) / decisions
      return Math.min(Math.log2(actions), Math.max(0, entropyOf(mean) - meanEntropy))
    },
    decisions: () => decisions,
  }
}

/** −Σ p log₂ p. Rounding may leave a mean of distributions a little below 0 where all of them are 0. */
function entropyOf(probabilities: Float64Array): number {
  let entropy = 0
  for (let a = 0; a < probabilities.length; a++) {
    const p = probabilities[a]
    if (p > 0) entropy -= p * Math.log2(p)
  }
  return entropy
}
