import { unreachable } from '../grid/distances.ts'
import { fillLegs } from '../grid/legs.ts'
import type { KeysLevel } from './level.ts'

/** The order in which a hoarder picks up keys. */
export type HoardingPlan = {
  /** Mean number of keys held over an episode that the step limit ends. */
  readonly meanHeld: number
  /** Cells of the keys, in order. */
  readonly stops: readonly number[]
  /** Steps, from 1, in which they are picked up. */
  readonly times: readonly number[]
}

/** The return of picking up keys in these steps, at 1 each. */
export function collectedReturn({ times }: HoardingPlan, discount: number): number {
  return times.reduce((sum, time) => sum + discount ** (time - 1), 0)
}

/**
 * Picks up every key that is reachable without opening a chest, in the order with the smallest sum of waiting times,
 * then stands still. Exact for that purpose, by dynamic programming over sets of keys (Held and Karp); a policy that
 * opens a chest to reach keys behind it may hold more.
 * @param held keys already in hand: if any, no chest may be touched from the first step
 */
export function planHoarding(level: KeysLevel, maxSteps: number, held = 0): HoardingPlan {
  const legs = measureLegs(level, held)
  const plans = groupsOf(legs, level.keys.length).map((group) =>
    followOrder(level, legs, { order: shortestWaits(legs, group), maxSteps }),
  )
  const nothing: HoardingPlan = { meanHeld: 0, stops: [], times: [] }
  return plans.reduce((best, plan) => (plan.meanHeld > best.meanHeld ? plan : best), nothing)
}

type Round = { readonly order: readonly number[]; readonly maxSteps: number }

function followOrder({ keys }: KeysLevel, legs: readonly Int16Array[], { order, maxSteps }: Round): HoardingPlan {
  let time = 0
  let held = 0
  const stops: number[] = []
  const times: number[] = []
  for (const [i, key] of order.entries()) {
    time += legs[i === 0 ? keys.length : order[i - 1]][key]
    if (time > maxSteps) break
    held += maxSteps - time + 1
    stops.push(keys[key])
    times.push(time)
  }
  return { meanHeld: held / maxSteps, stops, times }
}

/** [keys + 1][keys]: moves between keys on paths that open nothing; the last row is from the start. */
function measureLegs(level: KeysLevel, held: number): Int16Array[] {
  const { keys, chests, mouse, walls } = level
  const field = new Int16Array(walls.length)
  const shut = new Uint8Array(walls.length)
  for (const cell of chests) shut[cell] = 1
  const other = new Uint8Array(walls.length)
  for (const cell of keys) other[cell] = 1
  const rows = keys.map((from) => {
    fillLegs(level, from, shut, field)
    return Int16Array.from(keys, (cell) => field[cell])
  })
  // Without a key chests do not matter, but the first key touched is picked up.
  fillLegs(level, mouse, held > 0 ? shut : other, field)
  return [...rows, Int16Array.from(keys, (cell) => field[cell])]
}

/**
 * Groups of keys that are reachable from each other with a key in hand. Paths work in both directions, so groups do not
 * overlap. Groups of which no key can be the first are left out.
 */
function groupsOf(legs: readonly Int16Array[], count: number): readonly (readonly number[])[] {
  const all = Array.from({ length: count }, (_, key) => key)
  const groups: number[][] = []
  for (const first of all) {
    if (legs[count][first] === unreachable || groups.some((group) => group.includes(first))) continue
    groups.push(all.filter((key) => key === first || legs[first][key] !== unreachable))
  }
  return groups
}

function shortestWaits(legs: readonly Int16Array[], within: readonly number[]): readonly number[] {
  const count = within.length
  if (count === 0) return []
  const start = legs.length - 1
  const waits = new Float64Array(count << count).fill(Number.POSITIVE_INFINITY)
  const before = new Int8Array(count << count).fill(-1)
  within.forEach((key, last) => {
    const moves = legs[start][key]
    // During these moves, every key not yet held waits.
    if (moves !== unreachable) waits[(1 << last) * count + last] = moves * count
  })
  for (let had = 1; had < 1 << count; had++) {
    const waiting = count - bitCount(had)
    for (let last = 0; last < count; last++) {
      const so = waits[had * count + last]
      if (so === Number.POSITIVE_INFINITY) continue
      for (let next = 0; next < count; next++) {
        if (((had >> next) & 1) === 1) continue
        const at = (had | (1 << next)) * count + next
        const wait = so + legs[within[last]][within[next]] * waiting
        if (wait >= waits[at]) continue
        waits[at] = wait
        before[at] = last
      }
    }
  }
  return traceBack(waits, before, within)
}

function traceBack(waits: Float64Array, before: Int8Array, within: readonly number[]): readonly number[] {
  const count = within.length
  let had = (1 << count) - 1
  let last = 0
  for (let i = 1; i < count; i++) if (waits[had * count + i] < waits[had * count + last]) last = i
  const order: number[] = []
  while (last >= 0) {
    order.unshift(within[last])
    const previous = before[had * count + last]
    had &= ~(1 << last)
    last = previous
  }
  return order
}

function bitCount(bits: number): number {
  let count = 0
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++
  return count
}
