import { quantileOfSorted, sorted } from '@goalpost/statistics'
import type { SuiteFacts } from '../suites/suite.ts'

/** Levels of a suite that have something in common. */
export type LevelSlice = {
  /** In words that complete "where …", e.g. `the goal is far`. */
  readonly name: string
  /** Indices into the suite, ascending; solvable levels only. */
  readonly levels: readonly number[]
}

export type SliceRequest = {
  readonly facts: SuiteFacts
  /** [levels] region of the intended goal, e.g. `top left`; null without a position. Absent: no regions. */
  readonly regions?: readonly (string | null)[]
  /** Share of the solvable levels that a slice must hold. */
  readonly leastShare: number
}

/**
 * The kinds of levels with verdicts of their own, fixed before any policy is evaluated: thirds by the best return of
 * the goal (how near it is), of the proxy, and by the ratio of the two, on levels where both are reachable; and the
 * goal's region. Slices with too few levels, or all of them, are left out.
 */
export function sliceLevels({ facts, regions, leastShare }: SliceRequest): readonly LevelSlice[] {
  const solvable = Array.from({ length: facts.levels }, (_, level) => level).filter(
    (level) => facts.solvable[level] === 1,
  )
  const contested = solvable.filter((level) => facts.optimalReturns[0][level] > 0 && facts.optimalReturns[1][level] > 0)
  const goal = (level: number) => facts.optimalReturns[0][level]
  const proxy = (level: number) => facts.optimalReturns[1][level]
  const all = [
    ...thirds(contested, goal, ['the goal is far', 'the goal is at a middle distance', 'the goal is near']),
    ...thirds(contested, proxy, ['the proxy is far', 'the proxy is at a middle distance', 'the proxy is near']),
    ...thirds(contested, (level) => Math.log(goal(level) / proxy(level)), [
      'the proxy is the nearer of the two',
      'goal and proxy are about as near',
      'the goal is the nearer of the two',
    ]),
    ...byRegion(solvable, regions),
  ]
  return all.filter(
    ({ levels }) =>
      levels.length >= leastShare * solvable.length && levels.length > 0 && levels.length < solvable.length,
  )
}

/** Cuts at one and two thirds of the sorted values; equal values stay together. */
function thirds(
  levels: readonly number[],
  valueOf: (level: number) => number,
  names: readonly [low: string, middle: string, high: string],
): LevelSlice[] {
  if (levels.length === 0) return []
  const values = sorted(levels.map(valueOf))
  const [first, second] = [1 / 3, 2 / 3].map((share) => quantileOfSorted(values, share))
  if (values[0] === values.at(-1)) return []
  const third = (value: number) => (value <= first ? 0 : value <= second ? 1 : 2)
  return names.map((name, index) => ({ name, levels: levels.filter((level) => third(valueOf(level)) === index) }))
}

function byRegion(levels: readonly number[], regions: SliceRequest['regions']): LevelSlice[] {
  if (regions === undefined) return []
  const names = new Set(regions.filter((region) => region !== null))
  return [...names].toSorted().map((region) => ({
    name: `the goal lies ${region}`,
    levels: levels.filter((level) => regions[level] === region),
  }))
}
