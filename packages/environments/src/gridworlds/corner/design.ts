import type { LevelDesign } from '../../level-design.ts'
import { drawAnyCell, openCells, toggleWall } from '../grid/edit-level.ts'
import { rowAndColumn } from '../grid/grid.ts'
import { drawCornerCell } from './distributions.ts'
import type { CornerLevel } from './level.ts'
import type { CornerParameters } from './parameters.ts'

export const cornerDesign: Omit<LevelDesign<CornerParameters, CornerLevel>, 'optimum'> = {
  kindOf: ({ cornerSize }, { size, cheese }) =>
    Math.max(...rowAndColumn(size, cheese)) <= cornerSize ? 'agrees' : 'distinguishes',
  toggleWall: (_, level, random) => toggleWall(level, [level.mouse, level.cheese], random),
  moveThing(_, level, random) {
    const mouse = drawAnyCell(level.size, [level.mouse, level.cheese], random)
    return { ...level, walls: openCells(level, mouse), mouse }
  },
  resample({ cornerSize }, level, kind, random) {
    const { size } = level
    const cheese =
      kind === 'agrees' ? drawCornerCell({ size, cornerSize }, random) : drawAnyCell(size, [level.mouse], random)
    // A mouse in the corner changes places with the cheese.
    const mouse = cheese === level.mouse ? level.cheese : level.mouse
    return { size, walls: openCells(level, cheese), mouse, cheese }
  },
}
