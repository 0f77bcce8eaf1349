import { unreachable } from '../grid/distances.ts'
import { fillLegs } from '../grid/legs.ts'
import { openable, type KeysLevel } from './level.ts'
import { bitCount, findTouches, type Layout, type Worth } from './touches.ts'
import { createWalkBound } from './walk-bound.ts'

/** The best plan to open chests: the things to touch, in order. */
export type ChestPlan = {
  readonly optimalReturn: number
  /** Cells of the keys picked up and chests opened, in order. */
  readonly stops: readonly number[]
}

type Rules = { readonly discount: number; readonly maxSteps: number }

/** A moment of an episode: bit i of `gone` is set if thing i was touched; keys first, then chests. */
export type Progress = { readonly mouse: number; readonly gone: number; readonly time: number }

const atTheStart = ({ mouse }: KeysLevel): Progress => ({ mouse, gone: 0, time: 0 })

/**
 * The exact best return. An episode is a sequence of events (a key touched, or a chest while a key is held) and the
 * paths between them. Two searches:
 *
 * 1. *Relaxed*: paths cross anything, as if chests on them stayed shut. The best return from a place then depends only
 *    on the place and the things gone, and is tabulated: it is the best over all viable sequences (arXiv 2507.03068
 *    counts 21,600 for 3 keys and 10 chests), an upper bound.
 * 2. *Exact*: depth first over paths that touch nothing else, best bound first. The relaxed table prunes it, mostly
 *    along the first branch.
 *
 * Rewards before `since` do not count; later ones are discounted from the start.
 */
export function planChests(level: KeysLevel, rules: Rules, since: Progress = atTheStart(level)): ChestPlan {
  return findBest(createProblem({ ...level, mouse: since.mouse }, rules), since)
}

/**
 * The exact best return by any worth of keys and chests. The bound (`createWalkBound`) is the optimum without the step
 * limit. It is quick where few things can be touched next, as in mazes without cycles.
 */
export function planTouches(level: KeysLevel, rules: Rules, worth: Worth): ChestPlan {
  const layout = layOut(level)
  const bound = createWalkBound({ ...layout, worth, discount: rules.discount })
  return findBest({ ...rules, ...layout, worth, bound }, atTheStart(level))
}

function findBest(problem: Problem, since: Progress): ChestPlan {
  const search: Search = { best: 0, stops: [], seen: new Map() }
  explore(problem, search, { place: problem.things.length, gone: since.gone, time: since.time, value: 0, stops: [] })
  return { optimalReturn: search.best, stops: search.stops }
}

/** The upper bound: the best over all viable sequences, ignoring the things that paths pass through and the step limit. */
export function bestSequence(level: KeysLevel, discount: number): number {
  const problem = createProblem(level, { discount, maxSteps: Number.POSITIVE_INFINITY })
  return problem.bound(problem.things.length, 0)
}

type Problem = Rules &
  Layout & {
    readonly worth: Worth
    /** The best relaxed return from thing `place`, with the things in the bits `gone` touched, discounted from now. */
    bound(place: number, gone: number): number
  }

function createProblem(level: KeysLevel, rules: Rules): Problem {
  const layout = layOut(level)
  const distances = pairwise(level, layout.things)
  const bound = createBound({ ...layout, distances, discount: rules.discount })
  return { ...rules, ...layout, worth: { key: 0, chest: 1 }, bound }
}

function layOut(level: KeysLevel): Layout {
  return { level, things: [...level.keys, ...level.chests], keyCount: level.keys.length, goal: openable(level) }
}

/** [things + 1][things]: moves from each thing, and last from the start, to each thing, whatever lies on the way. */
function pairwise(level: KeysLevel, things: readonly number[]): Int16Array[] {
  const free = new Uint8Array(level.walls.length)
  const field = new Int16Array(level.walls.length)
  return [...things, level.mouse].map((from) => {
    fillLegs(level, from, free, field)
    return Int16Array.from(things, (cell) => field[cell])
  })
}

type Relaxed = Pick<Problem, 'things' | 'keyCount' | 'goal' | 'discount'> & {
  readonly distances: readonly Int16Array[]
}

function createBound({ things, keyCount, goal, distances, discount }: Relaxed): Problem['bound'] {
  const count = things.length
  const known = tableFor((count + 1) << count)
  const keyBits = (1 << keyCount) - 1
  const powers = Float64Array.from({ length: longestWay(distances) + 1 }, (_, d) => discount ** d)

  function bound(place: number, gone: number): number {
    const opened = bitCount(gone >> keyCount)
    const left = goal - opened
    if (left === 0) return 0
    const at = gone * (count + 1) + place
    if (known[at] >= 0) return known[at]
    const held = bitCount(gone & keyBits) - opened
    let best = 0
    for (let next = held < left ? 0 : keyCount; next < (held > 0 ? count : keyCount); next++) {
      const moves = distances[place][next]
      if (((gone >> next) & 1) === 1 || moves === unreachable) continue
      const after = discount * bound(next, gone | (1 << next))
      best = Math.max(best, powers[Math.max(0, moves - 1)] * (next < keyCount ? after : 1 + after))
    }
    known[at] = best
    return best
  }
  return bound
}

const tables = new Map<number, Float64Array>()

/** One for each size, reset for every level: making one takes longer than filling it. */
function tableFor(length: number): Float64Array {
  const table = tables.get(length) ?? new Float64Array(length)
  tables.set(length, table)
  return table.fill(-1)
}

const longestWay = (distances: readonly Int16Array[]) =>
  distances.reduce((most, row) => row.reduce((longest, moves) => Math.max(longest, moves), most), 0)

type Node = {
  readonly place: number
  readonly gone: number
  readonly time: number
  readonly value: number
  readonly stops: readonly number[]
}

type Search = {
  best: number
  stops: readonly number[]
  /** By place and things gone: time and value with which the search was there. */
  readonly seen: Map<number, { time: number; value: number }>
}

/** Returns are sums of a few powers: closer than this they are equal. */
const tolerance = 1e-12

function explore(problem: Problem, search: Search, node: Node): void {
  if (node.value > search.best) {
    search.best = node.value
    search.stops = node.stops
  }
  const limit = (child: Node) => child.value + problem.discount ** child.time * problem.bound(child.place, child.gone)
  if (limit(node) <= search.best + tolerance || wasDominated(problem, search, node)) return
  const children = expand(problem, node).map((child) => ({ child, limit: limit(child) }))
  for (const { child, limit: most } of children.sort((a, b) => b.limit - a.limit)) {
    if (most > search.best + tolerance) explore(problem, search, child)
  }
}

/** Whether the search was in the same place, with the same things gone, no later and with no less. */
function wasDominated({ things }: Problem, { seen }: Search, { place, gone, time, value }: Node): boolean {
  const at = gone * (things.length + 1) + place
  const before = seen.get(at)
  if (before !== undefined && before.time <= time && before.value >= value) return true
  seen.set(at, { time, value })
  return false
}

function expand(problem: Problem, node: Node): Node[] {
  const { things, keyCount, discount, maxSteps, worth } = problem
  return findTouches(problem, node.place, node.gone)
    .filter(({ moves }) => node.time + moves <= maxSteps)
    .map(({ thing, moves }) => {
      const time = node.time + moves
      const value = node.value + (thing < keyCount ? worth.key : worth.chest) * discount ** (time - 1)
      return { place: thing, gone: node.gone | (1 << thing), time, value, stops: [...node.stops, things[thing]] }
    })
}
