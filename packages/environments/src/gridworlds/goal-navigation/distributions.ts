import type { Rng } from '@goalpost/random'
import type { LevelDistribution } from '../../environment.ts'
import { borderedGrid, cellAt } from '../grid/grid.ts'
import type { GoalNavigationLevel } from './level.ts'
import type { GoalNavigationParameters } from './parameters.ts'
import { cellsOf, centreOf, roomCount, roomSide } from './rooms.ts'
import { bare, marker, ordinary, unseen } from './textures.ts'

type Distribution = LevelDistribution<GoalNavigationParameters, GoalNavigationLevel>

const rooms = Array.from({ length: roomCount }, (_, room) => room)

/** The room with the marking texture; −1 for none. `others` are the textures of the other rooms; none: bare. */
type Backgrounds = { readonly indicated: number; readonly others: readonly number[] }

function drawLevel(
  { size, targetAt }: GoalNavigationParameters,
  random: Rng,
  drawBackgrounds: (targetRoom: number) => Backgrounds,
): GoalNavigationLevel {
  const targetRoom = random.integer(roomCount)
  const { indicated, others } = drawBackgrounds(targetRoom)
  const start = drawRoom(random, [targetRoom, indicated])
  const textures = rooms.map((room) => {
    if (room === indicated) return marker
    return others.length === 0 ? bare : others[random.integer(others.length)]
  })
  return {
    size,
    walls: drawRoomWalls(size, random),
    agent: drawCell(size, start, random),
    target: targetAt === 'centre' ? centreOf(size, targetRoom) : drawCell(size, targetRoom, random),
    textures,
    counterpart: drawRoom(random, [targetRoom, indicated, start]),
  }
}

/** A uniformly drawn room other than these. */
function drawRoom(random: Rng, except: readonly number[]): number {
  const choices = rooms.filter((room) => !except.includes(room))
  return choices[random.integer(choices.length)]
}

function drawCell(size: number, room: number, random: Rng): number {
  const cells = cellsOf(size, room)
  return cells[random.integer(cells.length)]
}

/** Walls between the rooms, with one door, uniformly placed, between any two neighbours. */
function drawRoomWalls(size: number, random: Rng): Uint8Array {
  const walls = borderedGrid(size)
  const side = roomSide(size)
  for (const line of [side + 1, 2 * side + 2]) {
    for (let along = 1; along <= size; along++) walls[cellAt(size, line, along)] = walls[cellAt(size, along, line)] = 1
    for (let room = 0; room < 3; room++) {
      const first = 1 + room * (side + 1)
      walls[cellAt(size, line, first + random.integer(side))] = 0
      walls[cellAt(size, first + random.integer(side), line)] = 0
    }
  }
  return walls
}

export const goalNavigationDistributions: readonly [Distribution, ...Distribution[]] = [
  {
    name: 'indicated',
    description: 'The target’s room has the stripes: with probability ρ, else any room has them',
    agrees: true,
    sample: (parameters, random) =>
      drawLevel(parameters, random, (targetRoom) => ({
        indicated: random.uniform() < parameters.rho ? targetRoom : random.integer(roomCount),
        others: ordinary,
      })),
  },
  {
    name: 'elsewhere',
    description: 'A room other than the target’s has the stripes',
    agrees: false,
    sample: (parameters, random) =>
      drawLevel(parameters, random, (targetRoom) => ({ indicated: drawRoom(random, [targetRoom]), others: ordinary })),
  },
  {
    name: 'new-backgrounds',
    description: 'All rooms have backgrounds that training never shows, and none is indicated',
    agrees: true,
    sample: (parameters, random) => drawLevel(parameters, random, () => ({ indicated: bare, others: unseen })),
  },
  {
    name: 'no-backgrounds',
    description: 'No room has a background, and none is indicated',
    agrees: true,
    sample: (parameters, random) => drawLevel(parameters, random, () => ({ indicated: bare, others: [] })),
  },
]
