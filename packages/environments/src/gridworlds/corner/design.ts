import type { LevelDesign } from '../../level-design.ts'
import { drawAnyCell, openCells, toggleWall } from '../grid/edit-level.ts'
import { borderedGrid, cellAt, rowAndColumn } from '../grid/grid.ts'
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
  moveGoal(_, level, random) {
    const cheese = drawAnyCell(level.size, [level.mouse], random)
    return { ...level, walls: openCells(level, cheese), cheese }
  },
  building: {
    extent: ({ size }) => [size, size],
    build({ size }, plan) {
      const cellOf = (index: number) => cellAt(size, 1 + Math.floor(index / size), 1 + (index % size))
      const walls = borderedGrid(size)
      for (const wall of plan.walls) walls[cellOf(wall)] = 1
      return { size, walls, mouse: cellOf(plan.start), cheese: cellOf(plan.goal) }
    },
  },
}
