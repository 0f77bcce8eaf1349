import { sideOf } from '../grid/grid.ts'

/** What a monster may do: the four directions, then staying where it is. */
const options = 5

/** What lies in one of the four directions. */
export const wallAhead = 0
export const nearerAhead = 1
/** If no path leads to the mouse, all ways are equal. */
export const equalAhead = 2
export const fartherAhead = 3

/**
 * Cumulative probabilities of up, left, down and right, times 2^32; the rest is staying. Row
 * up + 4 · left + 16 · down + 64 · right of four numbers belongs to what lies ahead in these directions. Neighbours of a
 * grid cell are nearer or farther by exactly one, so that a softmax over −β × path length knows three weights: e^β, e^−β, and
 * 1 for staying. Walls have none.
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

/** What the highest eight bits of a word leave open. */
export const undecided = 255

/**
 * [256 × 256] by row and by the highest eight bits of a word: the action that every such word stands for, if there is one.
 * Looking it up takes no branch that a processor could guess wrong.
 */
export function decideByHighBits(thresholds: Float64Array): Uint8Array {
  return Uint8Array.from({ length: 256 * 256 }, (_, index) => {
    const [row, high] = [index >> 8, index & 255]
    const first = chooseAction(thresholds, row, high * 2 ** 24)
    return first === chooseAction(thresholds, row, (high + 1) * 2 ** 24 - 1) ? first : undecided
  })
}

export type ChaseTables = { readonly thresholds: Float64Array; readonly decided: Uint8Array }

/** Of 72 kB each; temperatures come from requests, too, and are as many as there are numbers. */
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

/** [up, left, down, right, stay]; exponents are taken off their largest, so that no temperature overflows. */
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

/** The path from there, against the one from here. */
function lengthOf(seen: number): number {
  return { [wallAhead]: Number.POSITIVE_INFINITY, [nearerAhead]: -1, [equalAhead]: 0, [fartherAhead]: 1 }[seen] ?? 0
}

/**
 * [side × side] by row of the monster and of the mouse: what lies up and down, in an arena, where a path is as long as the
 * differences of rows and columns together. Shifted by two bits, and by columns, it tells what lies left and right.
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
