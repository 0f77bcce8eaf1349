/** A fast sequential generator, seeded from a stream; its whole state is four words. */
export type Rng = {
  /** The next unsigned 32-bit word. */
  word(): number
  /** The next uniform number in [0, 1), a multiple of 2^-32. */
  uniform(): number
  /** The next uniform integer in 0 … bound − 1, without modulo bias; `bound` from 1 to 2^32. */
  integer(bound: number): number
  /** The next standard normal number (Marsaglia's polar method; the second one of a pair is kept for the next call). */
  normal(): number
  /**
   * Sets every element to 1 with the given probability, else to 0, using one word each: like a loop over `word`, but
   * faster.
   */
  fillBits(target: Uint8Array, probability: number): void
}

/** xoshiro128** (Blackman & Vigna, 2018) from four words of state, not all zero. */
export function createRng(s0: number, s1: number, s2: number, s3: number): Rng {
  let a = s0 | 0
  let b = s1 | 0
  let c = s2 | 0
  let d = s3 | 0
  if ((a | b | c | d) === 0) a = 1
  let spareNormal: number | null = null

  function word(): number {
    const product = Math.imul(b, 5)
    const result = Math.imul((product << 7) | (product >>> 25), 9)
    const t = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= t
    d = (d << 11) | (d >>> 21)
    return result >>> 0
  }

  function uniform(): number {
    return word() * 2 ** -32
  }

  function integer(bound: number): number {
    if (!Number.isInteger(bound) || bound < 1 || bound > 2 ** 32)
      throw new RangeError(`bound must be an integer from 1 to 2^32, got ${bound}`)
    const limit = 2 ** 32 - (2 ** 32 % bound)
    let drawn = word()
    while (drawn >= limit) drawn = word()
    return drawn % bound
  }

  function normal(): number {
    if (spareNormal !== null) {
      const spare = spareNormal
      spareNormal = null
      return spare
    }
    let x = 0
    let y = 0
    let radius = 0
    do {
      x = 2 * uniform() - 1
      y = 2 * uniform() - 1
      radius = x * x + y * y
    } while (radius >= 1 || radius === 0)
    const scale = Math.sqrt((-2 * Math.log(radius)) / radius)
    spareNormal = y * scale
    return x * scale
  }

  function fillBits(target: Uint8Array, probability: number): void {
    const threshold = probability * 2 ** 32
    // The recurrence of `word` on locals, as variables that closures share are kept in memory.
    let [a1, b1, c1, d1] = [a, b, c, d]
    for (let i = 0; i < target.length; i++) {
      const product = Math.imul(b1, 5)
      target[i] = Math.imul((product << 7) | (product >>> 25), 9) >>> 0 < threshold ? 1 : 0
      const t = b1 << 9
      c1 ^= a1
      d1 ^= b1
      b1 ^= c1
      a1 ^= d1
      c1 ^= t
      d1 = (d1 << 11) | (d1 >>> 21)
    }
    ;[a, b, c, d] = [a1, b1, c1, d1]
  }

  return { word, uniform, integer, normal, fillBits }
}
