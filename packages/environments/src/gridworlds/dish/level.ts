import type { LevelFormat } from '../grid/level-format.ts'
import type { CheeseLevel } from '../grid/maze-rules.ts'

export type DishLevel = CheeseLevel & { readonly dish: number }

export const dishFormat: LevelFormat<DishLevel> = {
  items: ['mouse', 'cheese', 'dish'],
  symbols: { '@': ['mouse'], c: ['cheese'], d: ['dish'], b: ['cheese', 'dish'] },
  cellsOf: ({ mouse, cheese, dish }) => [mouse, cheese, dish],
  levelOf: ({ size, walls }, [[mouse], [cheese], [dish]]) => ({ size, walls, mouse, cheese, dish }),
}
