const digitBits = 16
const digits = 2 ** digitBits
const passes = 4

/**
 * The indices of `values` [n] in ascending order, equal values in order of index. No value may be NaN.
 *
 * A radix sort, because a comparator sort of a million indices blocks the event loop for a second; this one yields
 * after each of its four passes (35 ms per million values).
 */
export async function ascendingOrder(
  values: Float64Array,
  yieldToEventLoop: () => Promise<void>,
): Promise<Uint32Array> {
  const keys = sortableKeys(values)
  let order = new Uint32Array(values.length)
  for (let i = 0; i < order.length; i++) order[i] = i
  let next = new Uint32Array(values.length)
  for (let pass = 0; pass < passes; pass++) {
    await yieldToEventLoop()
    scatter(keys, pass, { from: order, to: next })
    ;[order, next] = [next, order]
  }
  return order
}

/** Little-endian words of IEEE doubles, changed so that unsigned comparison orders them: [2n], low word first. */
function sortableKeys(values: Float64Array): Uint32Array {
  const words = new Uint32Array(values.slice().buffer)
  for (let low = 0; low < words.length; low += 2) {
    const negative = words[low + 1] >>> 31 === 1
    words[low] = negative ? ~words[low] : words[low]
    words[low + 1] = negative ? ~words[low + 1] : words[low + 1] | 0x80000000
  }
  return words
}

function scatter(keys: Uint32Array, pass: number, indices: { from: Uint32Array; to: Uint32Array }): void {
  const word = pass >> 1
  const shift = (pass & 1) * digitBits
  const starts = new Uint32Array(digits + 1)
  for (let i = word; i < keys.length; i += 2) starts[((keys[i] >>> shift) & (digits - 1)) + 1]++
  for (let digit = 0; digit < digits; digit++) starts[digit + 1] += starts[digit]
  for (const index of indices.from) {
    const digit = (keys[2 * index + word] >>> shift) & (digits - 1)
    indices.to[starts[digit]++] = index
  }
}
