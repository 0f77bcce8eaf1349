import type { LevelDesign } from '../../level-design.ts'
import { sortCells } from '../grid/draw-level.ts'
import { drawAnyCell, openCells, toggleWall } from '../grid/edit-level.ts'
import type { KeysLevel } from './level.ts'
import type { KeysParameters } from './parameters.ts'
import { planChests } from './solve-keys.ts'

const thingsOf = ({ mouse, keys, chests }: KeysLevel): number[] => [mouse, ...keys, ...chests]

/** The numbers of keys and chests decide the kind. */
export const keysDesign: LevelDesign<KeysParameters, KeysLevel> = {
  kindOf: (_, { keys, chests }) => (keys.length > chests.length ? 'distinguishes' : 'agrees'),
  optimum: (parameters, level) => planChests(level, parameters).optimalReturn,
  toggleWall: (_, level, random) => toggleWall(level, thingsOf(level), random),
  moveThing(_, level, random) {
    const things = thingsOf(level)
    if (things.length >= level.size ** 2) return level
    const from = things[random.integer(things.length)]
    const to = drawAnyCell(level.size, things, random)
    const moved = (cell: number) => (cell === from ? to : cell)
    return {
      ...level,
      walls: openCells(level, to),
      mouse: moved(level.mouse),
      keys: sortCells(level.keys.map(moved)),
      chests: sortCells(level.chests.map(moved)),
    }
  },
  resample({ few, many }, level, kind, random) {
    const { size, mouse } = level
    const [keys, chests] = kind === 'agrees' ? [few, many] : [many, few]
    const taken = [mouse]
    while (taken.length < 1 + keys + chests) taken.push(drawAnyCell(size, taken, random))
    return {
      size,
      walls: openCells(level, ...taken),
      mouse,
      keys: sortCells(taken.slice(1, 1 + keys)),
      chests: sortCells(taken.slice(1 + keys)),
    }
  },
}
