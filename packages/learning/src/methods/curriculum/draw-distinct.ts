/**
 * Indices of `count` different elements, drawn one after the other with probabilities proportional to the weights of
 * those left. Once all of these are 0, the rest come in order.
 */
export function drawDistinct(weights: Float64Array, count: number, uniform: () => number): number[] {
  const sums = createSums(weights)
  const open = new Uint8Array(weights.length).fill(1)
  return Array.from({ length: Math.min(count, weights.length) }, () => {
    const draw = uniform()
    const drawn = sums.total() > 0 ? sums.find(draw * sums.total()) : open.indexOf(1)
    sums.remove(drawn)
    open[drawn] = 0
    return drawn
  })
}

/**
 * Sums of weights in a binary tree. Removing one adds its branch up again: subtracting a large weight from a running
 * total would leave rounding errors larger than the small weights.
 */
function createSums(weights: Float64Array) {
  const leaves = 2 ** Math.ceil(Math.log2(Math.max(weights.length, 1)))
  /** Node n has the children 2n and 2n + 1; the root is 1. */
  const tree = new Float64Array(2 * leaves)
  tree.set(weights, leaves)
  for (let node = leaves - 1; node > 0; node--) tree[node] = tree[2 * node] + tree[2 * node + 1]
  return {
    total: () => tree[1],
    /** The first index up to which the weights add up to more than `share`. */
    find(share: number): number {
      let node = 1
      while (node < leaves) {
        node *= 2
        // Rounding may leave a share that only the right branch could take, and nothing in it.
        if (share < tree[node] || tree[node + 1] === 0) continue
        share -= tree[node]
        node += 1
      }
      return node - leaves
    },
    remove(index: number): void {
      let node = leaves + index
      tree[node] = 0
      while (node > 1) {
        node >>= 1
        tree[node] = tree[2 * node] + tree[2 * node + 1]
      }
    },
  }
}
