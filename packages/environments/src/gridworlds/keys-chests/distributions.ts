import type { Rng } from '@goalpost/random'
import type { LevelDistribution } from '../../environment.ts'
import { drawPaddedMaze } from '../../procgen/padded-maze.ts'
import { sortCells } from '../grid/draw-level.ts'
import { neighbourOffsets } from '../grid/grid.ts'
import { drawPermutation } from '../grid/permutations.ts'
import type { KeysChestsLevel } from './level.ts'
import { mazeSide, type KeysChestsParameters } from './parameters.ts'

type Counts = { readonly keys: number; readonly chests: number }
type CountsOf = (few: number) => Counts

function drawLevel(parameters: KeysChestsParameters, random: Rng, countsOf: CountsOf): KeysChestsLevel {
  const { size } = parameters
  const difficulty = random.integer(parameters.difficulty + 1)
  const walls = drawPaddedMaze(size, mazeSide(difficulty), random)
  const { keys, chests } = countsOf(difficulty + 1 + random.integer(2))
  const free = shuffled(freeCells(walls), random)
  const [mouse] = free
  const [places, others] = splitPlaces(size, walls, free)
  const cells = [...places, ...others]
  const twice = shuffled(cells.slice(keys, keys + (parameters.hiddenChests ? 2 : 1) * chests), random)
  return {
    size,
    walls,
    mouse,
    keys: sortCells(cells.slice(0, keys)),
    chests: sortCells(twice.slice(0, chests)),
    hidden: sortCells(twice.slice(chests)),
  }
}

/**
 * The free cells but the mouse's, the first of them: where things lie, and the others, which are used if there are too
 * few. Things lie in no dead end and not beside the mouse.
 */
function splitPlaces(size: number, walls: Uint8Array, [mouse, ...free]: readonly number[]): [number[], number[]] {
  const [up, left, down, right] = neighbourOffsets(size)
  const isPlace = (cell: number) =>
    walls[cell + up] + walls[cell + left] + walls[cell + down] + walls[cell + right] < 3 &&
    ![cell + up, cell + left, cell + down, cell + right].includes(mouse)
  return [free.filter(isPlace), free.filter((cell) => !isPlace(cell))]
}

function freeCells(walls: Uint8Array): number[] {
  const cells: number[] = []
  for (let cell = 0; cell < walls.length; cell++) if (walls[cell] === 0) cells.push(cell)
  return cells
}

function shuffled(cells: readonly number[], random: Rng): number[] {
  return drawPermutation(cells.length, random).map((index) => cells[index])
}

type Distribution = LevelDistribution<KeysChestsParameters, KeysChestsLevel>

export const keysChestsDistributions: readonly [Distribution, Distribution] = [
  {
    name: 'many-chests',
    description: 'Twice as many chests as keys: every key opens one, and collecting all of them is right',
    agrees: true,
    sample: (parameters, random) => drawLevel(parameters, random, (few) => ({ keys: few, chests: 2 * few })),
  },
  {
    name: 'many-keys',
    description: 'Twice as many keys as chests: more keys than chests are of no use',
    agrees: false,
    sample: (parameters, random) => drawLevel(parameters, random, (few) => ({ keys: 2 * few, chests: few })),
  },
]
