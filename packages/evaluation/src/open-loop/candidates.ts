import type { OpenLoopPolicy } from './open-loop-policy.ts'

/** The grid of constant distributions distributes mass in units of one over this. */
const quarters = 4

/** Longest cycle of single actions, with at most as many actions; one less with more. */
const longest = 4

/** Times that each action of a hold is repeated, beside those that are short cycles already. */
const holds = [4, 8, 16]

/**
 * The candidates of a search, the uniform distribution first if the grid holds it: constant distributions over
 * `alphabet` in quarters, cycles of up to four single actions, and holds, such as up ×4, left ×4. Cycles that differ
 * only by their start count once. `actions` counts all of the environment's, including those outside the alphabet.
 */
export function listCandidates(alphabet: readonly number[], actions: number): readonly OpenLoopPolicy[] {
  const constants = compositions(alphabet.length, quarters).map((shares) => {
    const distribution = Array.from({ length: actions }, () => 0)
    for (const [i, share] of shares.entries()) distribution[alphabet[i]] = share / quarters
    return { cycle: [distribution] }
  })
  const cycle = (steps: readonly number[]) => ({ cycle: steps.map((i) => oneHot(alphabet[i], actions)) })
  return [
    uniformPolicy(actions),
    ...constants,
    ...shortCycles(alphabet.length).map(cycle),
    ...holdOrders(alphabet.length).flatMap((order) => holds.map((times) => cycle(held(order, times)))),
  ]
}

export function uniformPolicy(actions: number): OpenLoopPolicy {
  return { cycle: [Array.from({ length: actions }, () => 1 / actions)] }
}

export function oneHot(action: number, actions: number): readonly number[] {
  return Array.from({ length: actions }, (_, i) => (i === action ? 1 : 0))
}

/** All ways to write `total` as an ordered sum of `parts` integers ≥ 0. */
function compositions(parts: number, total: number): number[][] {
  if (parts === 1) return [[total]]
  return Array.from({ length: total + 1 }, (_, first) => total - first).flatMap((first) =>
    compositions(parts - 1, total - first).map((rest) => [first, ...rest]),
  )
}

function shortCycles(letters: number): number[][] {
  const most = letters <= longest ? longest : longest - 1
  return Array.from({ length: most - 1 }, (_, i) => words(letters, i + 2))
    .flat()
    .filter(isNecklace)
}

function words(letters: number, length: number): number[][] {
  if (length === 0) return [[]]
  return words(letters, length - 1).flatMap((word) => Array.from({ length: letters }, (_, letter) => [...word, letter]))
}

/** Strictly below all its rotations: neither the rotation of another word nor the repetition of a shorter one. */
function isNecklace(word: readonly number[]): boolean {
  return word.slice(1).every((_, i) => precedes(word, [...word.slice(i + 1), ...word.slice(0, i + 1)]))
}

function precedes(word: readonly number[], other: readonly number[]): boolean {
  const at = word.findIndex((letter, i) => letter !== other[i])
  return at >= 0 && word[at] < other[at]
}

/** Pairs; and, with few actions, all cyclic orders. */
function holdOrders(letters: number): number[][] {
  const pairs = words(letters, 2).filter(isNecklace)
  if (letters < 3 || letters > longest) return pairs
  const rounds = words(letters, letters).filter((word) => new Set(word).size === letters && isNecklace(word))
  return [...pairs, ...rounds]
}

const held = (order: readonly number[], times: number) =>
  order.flatMap((letter) => Array.from({ length: times }, () => letter))
