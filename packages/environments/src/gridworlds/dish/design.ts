import type { LevelDesign } from '../../level-design.ts'
import { drawAnyCell, openCells, toggleWall } from '../grid/edit-level.ts'
import type { DishLevel } from './level.ts'
import type { DishParameters } from './parameters.ts'

export const dishDesign: Omit<LevelDesign<DishParameters, DishLevel>, 'optimum'> = {
  kindOf: (_, { cheese, dish }) => (cheese === dish ? 'agrees' : 'distinguishes'),
  toggleWall: (_, level, random) => toggleWall(level, [level.mouse, level.cheese, level.dish], random),
  moveThing(_, level, random) {
    const mouse = drawAnyCell(level.size, [level.mouse, level.cheese, level.dish], random)
    return { ...level, walls: openCells(level, mouse), mouse }
  },
  resample(_, level, kind, random) {
    const { size, mouse } = level
    const cheese = drawAnyCell(size, [mouse], random)
    const dish = kind === 'agrees' ? cheese : drawAnyCell(size, [mouse], random)
    return { size, walls: openCells(level, cheese, dish), mouse, cheese, dish }
  },
  moveGoal(_, level, random) {
    const cheese = drawAnyCell(level.size, [level.mouse], random)
    return { ...level, walls: openCells(level, cheese), cheese }
  },
}
