/** Choices that a seed repeats. */
export type Random = {
  /** A whole number from 0 to below `limit`. */
  below(limit: number): number
  choose<T>(choices: readonly T[]): T
}

/** mulberry32. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % Math.max(1, limit)
  }
  return { below, choose: (choices) => choices[below(choices.length)]! }
}

/** How many times as much as CI does: `FUZZ_FACTOR=100 npx vitest run tests/fuzz`. */
// oxlint-disable-next-line node/no-process-env -- for tests alone
export const fuzzFactor = Number(process.env['FUZZ_FACTOR'] ?? '1')
// oxlint-disable-next-line node/no-process-env -- for tests alone
export const fuzzSeed = Number(process.env['FUZZ_SEED'] ?? '1')
