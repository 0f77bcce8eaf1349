import { unreachable } from '../grid/distances.ts'
import { fillLegs } from '../grid/legs.ts'
import type { KeysLevel } from './level.ts'

/** A level's things, as searches number them. */
export type Layout = {
  readonly level: KeysLevel
  /** Cells of the keys, then of the chests; the start comes after the last. */
  readonly things: readonly number[]
  readonly keyCount: number
  /** Chests after which the episode ends. */
  readonly goal: number
}

/** What touching a thing is worth. */
export type Worth = { readonly key: number; readonly chest: number }

export type Touch = { readonly thing: number; readonly moves: number }

/**
 * What can be touched next from thing `place`, with the things in the bits `gone` touched, on paths that touch nothing
 * else: with a key in hand, a chest on the way would open.
 */
export function findTouches({ level, things, keyCount, goal }: Layout, place: number, gone: number): Touch[] {
  const opened = bitCount(gone >> keyCount)
  if (opened === goal) return []
  const held = bitCount(gone & ((1 << keyCount) - 1)) - opened
  const next = things.map((_, i) => i).filter((i) => ((gone >> i) & 1) === 0 && (i < keyCount || held > 0))
  const stops = new Uint8Array(level.walls.length)
  for (const i of next) stops[things[i]] = 1
  const field = new Int16Array(level.walls.length)
  fillLegs(level, place === things.length ? level.mouse : things[place], stops, field)
  return next.filter((i) => field[things[i]] !== unreachable).map((thing) => ({ thing, moves: field[things[thing]] }))
}

export function bitCount(bits: number): number {
  let count = 0
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++
  return count
}
