import { stay } from '../../environment.ts'
import { createDistanceFields, type DistanceFields } from '../grid/distance-fields.ts'
import { unreachable } from '../grid/distances.ts'
import { neighbourOffsets } from '../grid/grid.ts'
import { isArena } from './arena.ts'
import { appleChannel, channels, shieldChannel } from './episodes.ts'
import type { MonsterLevel } from './level.ts'
import type { MonsterSimulator } from './simulator.ts'

/** An oracle's input for its next step. */
export type Scene = {
  readonly level: MonsterLevel
  readonly fields: DistanceFields
  readonly mouse: number
  readonly held: number
  readonly apples: readonly number[]
  readonly shields: readonly number[]
  readonly monsters: readonly number[]
}

/**
 * The script of the true-oracle. It chooses the nearest apple or needed shield (one for each monster left), and the
 * best of the five actions by remaining distance and danger. Without a shield in hand it counts shields as nearer, and
 * things that monsters can reach first as farther away; with one it ignores danger. With nothing left to take it avoids
 * monsters.
 */
export function chooseHarvest(scene: Scene): number {
  const rate = rateHarvest(scene)
  if (rate === null) return stay
  let best = stay
  let bestValue = Number.NEGATIVE_INFINITY
  for (const action of [0, 1, 2, 3, stay]) {
    if (action !== stay && moved(scene, action) === scene.mouse) continue
    const value = rate(action)
    if (value <= bestValue) continue
    best = action
    bestValue = value
  }
  return best
}

/** The true-oracle's values of its actions in this scene; null if there is nothing to take or avoid. */
export function rateHarvest(scene: Scene): ((action: number) => number) | null {
  const { level, fields, held, apples, shields, monsters } = scene
  const target = chooseTarget(scene)
  if (target === null && (held > 0 || monsters.length === 0)) return null
  const needed = held === 0 && monsters.length > 0
  return (action) => {
    const to = moved(scene, action)
    const way = target === null ? -Math.min(nearestMonster(scene, to), level.walls.length) : fields(target)[to]
    const gain = apples.includes(to) || (needed && shields.includes(to)) ? arrival : 0
    const fear = needed && !shields.includes(to) ? danger(scene, to) : 0
    return gain - way - fear
  }
}

/**
 * The script of the proxy-oracle: goes to the nearest shield, ignoring everything else; without one it stands still.
 */
export function chooseShield({ level, fields, mouse, shields }: Scene): number {
  const target = nearest(fields, mouse, shields, () => 0)
  if (target === null) return stay
  const field = fields(target)
  return neighbourOffsets(level.size).findIndex((offset) => field[mouse + offset] === field[mouse] - 1)
}

/** All in cells. How much nearer a shield counts for an agent without one. */
const lifeline = 4
/** How much farther a thing counts, for each monster that is nearer to it than the mouse. */
const guarded = 3
/** The value of a step that takes something. */
const arrival = 3
/** Danger of a monster one step from the mouse's cell, and of one two steps away. */
const contact = 8
const approach = 0.5

function chooseTarget({ fields, mouse, held, apples, shields, monsters }: Scene): number | null {
  const wanted = held < monsters.length ? shields : []
  if (held > 0) return nearest(fields, mouse, [...apples, ...wanted], () => 0)
  const guards = (cell: number) => countNearer(fields(cell), monsters, fields(cell)[mouse])
  return nearest(fields, mouse, [...apples, ...wanted], (cell) => {
    return (wanted.includes(cell) ? lifeline : 0) - guarded * guards(cell)
  })
}

function nearest(
  fields: DistanceFields,
  from: number,
  cells: readonly number[],
  bonusOf: (cell: number) => number,
): number | null {
  let found: number | null = null
  let least = Number.POSITIVE_INFINITY
  for (const cell of cells) {
    const distance = fields(cell)[from]
    if (distance === unreachable || distance - bonusOf(cell) >= least) continue
    found = cell
    least = distance - bonusOf(cell)
  }
  return found
}

/** Where an action leads: a blocked move stays. */
export function moved({ level, mouse }: Scene, action: number): number {
  if (action === stay) return mouse
  const to = mouse + neighbourOffsets(level.size)[action]
  return level.walls[to] === 1 ? mouse : to
}

function countNearer(field: Int16Array, monsters: readonly number[], than: number): number {
  let count = 0
  for (const monster of monsters) if (field[monster] !== unreachable && field[monster] <= than) count++
  return count
}

function danger(scene: Scene, cell: number): number {
  const nearest = nearestMonster(scene, cell)
  if (nearest <= 1) return contact
  return nearest === 2 ? approach : 0
}

/** Moves from a cell to the nearest monster; Infinity if none is left. */
export function nearestMonster({ fields, monsters }: Scene, cell: number): number {
  const field = fields(cell)
  let least = Number.POSITIVE_INFINITY
  for (const monster of monsters) if (field[monster] !== unreachable) least = Math.min(least, field[monster])
  return least
}

const arenas = new Map<number, DistanceFields>()

/** Reads the scenes of a simulator's slots. All levels without walls share their fields. */
export function createObserver(
  simulator: MonsterSimulator,
  levelOf: (index: number) => MonsterLevel,
): (index: number) => Scene {
  const known = new WeakMap<MonsterLevel, DistanceFields>()

  function fieldsOf(level: MonsterLevel): DistanceFields {
    const before = known.get(level)
    if (before !== undefined) return before
    const arena = isArena(level)
    const fields = (arena ? arenas.get(level.size) : undefined) ?? createDistanceFields(level)
    if (arena) arenas.set(level.size, fields)
    known.set(level, fields)
    return fields
  }

  const size = simulator.map.length / simulator.batch
  return (index) => {
    const level = levelOf(index)
    const apples: number[] = []
    const shields: number[] = []
    for (let cell = 0, at = index * size; cell < level.walls.length; cell++, at += channels) {
      if (simulator.map[at + appleChannel] === 1) apples.push(cell)
      if (simulator.map[at + shieldChannel] === 1) shields.push(cell)
    }
    const monsters = Array.from({ length: simulator.monstersLeft(index) }, (_, i) => simulator.monsterCell(index, i))
    const [mouse, held] = [simulator.mouseCell(index), simulator.held(index)]
    return { level, fields: fieldsOf(level), mouse, held, apples, shields, monsters }
  }
}
