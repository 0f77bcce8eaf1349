import { sideOf } from '../grid/grid.ts'

/** A monster's options: the four directions, then staying. */
const options = 5

/** Kinds of neighbouring cells. */
export const wallAhead = 0
export const nearerAhead = 1
/** With no path to the mouse, all directions are equal. */
export const equalAhead = 2
export const fartherAhead = 3

/**
 * Cumulative probabilities of up, left, down and right, times 2^32; the rest is staying. Row
 * up + 4 · left + 16 · down + 64 · right of four numbers is for these kinds of neighbours. A neighbour of a cell is
 * nearer or farther by exactly one, so a softmax over −β × path length has three weights: e^β, e^−β, and 1 for staying.
 * Walls have none.
 */
export function chaseThresholds(inverseTemperature: number): Float64Array {
  const thresholds = new Float64Array(256 * 4)
  for (let ahead = 0; ahead < 256; ahead++) {
    const probabilities = chaseProbabilities(ahead, inverseTemperature)
    let sum = 0
    for (let action = 0; action < 4; action++) {
      sum += probabilities[action]
      thresholds[ahead * 4 + action] = sum * 2 ** 32
    }
  }
  return thresholds
}

/** The action that a uniformly drawn word stands for; 4 is staying. */
export function chooseAction(thresholds: Float64Array, ahead: number, word: number): number {
  let action = 0
  while (action < 4 && word >= thresholds[ahead * 4 + action]) action++
  return action
}

/** The action depends on the lower bits. */
export const undecided = 255

/**
 * [256 × 256] by row and by the highest eight bits of a word: the action of all such words, or `undecided`. A look-up
 * has no branch that a processor could mispredict.
 */
export function decideByHighBits(thresholds: Float64Array): Uint8Array {
  return Uint8Array.from({ length: 256 * 256 }, (_, index) => {
    const [row, high] = [index >> 8, index & 255]
    const first = chooseAction(thresholds, row, high * 2 ** 24)
    return first === chooseAction(thresholds, row, (high + 1) * 2 ** 24 - 1) ? first : undecided
  })
}

export type ChaseTables = { readonly thresholds: Float64Array; readonly decided: Uint8Array }

/** Of 72 kB each; requests may contain any temperature, so the number is limited. */
const maxTables = 8
const tables = new Map<number, ChaseTables>()

/** Shared by all simulators of one temperature: never changed, and making them takes longer than an episode. */
export function chaseTables(inverseTemperature: number): ChaseTables {
  const known = tables.get(inverseTemperature)
  if (known !== undefined) return known
  const thresholds = chaseThresholds(inverseTemperature)
  const made = { thresholds, decided: decideByHighBits(thresholds) }
  tables.set(inverseTemperature, made)
  for (const oldest of tables.keys()) if (tables.size > maxTables) tables.delete(oldest)
  return made
}

/** [up, left, down, right, stay]; the largest exponent is subtracted, so no temperature overflows. */
export function chaseProbabilities(ahead: number, inverseTemperature: number): readonly number[] {
  const lengths = Array.from({ length: options }, (_, option) =>
    option === options - 1 ? 0 : lengthOf((ahead >> (2 * option)) & 3),
  )
  const shortest = Math.min(...lengths)
  const weights = lengths.map((length) =>
    length === Number.POSITIVE_INFINITY ? 0 : Math.exp(-inverseTemperature * (length - shortest)),
  )
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map((weight) => weight / total)
}

/** Its path length minus the current cell's. */
function lengthOf(seen: number): number {
  return { [wallAhead]: Number.POSITIVE_INFINITY, [nearerAhead]: -1, [equalAhead]: 0, [fartherAhead]: 1 }[seen] ?? 0
}

/**
 * [side × side] by row of the monster and of the mouse: the neighbours up and down in an arena, where a path is as long
 * as the differences of rows and columns together. By columns, and shifted by two bits: left and right.
 */
export function aheadInArena(size: number): Uint8Array {
  const side = sideOf(size)
  return Uint8Array.from({ length: side ** 2 }, (_, index) => {
    const [own, mouse] = [Math.floor(index / side), index % side]
    const before = own === 1 ? wallAhead : own > mouse ? nearerAhead : fartherAhead
    const after = own === size ? wallAhead : own < mouse ? nearerAhead : fartherAhead
    return before | (after << 4)
  })
}
