import type { GridLevel } from '../grid/grid.ts'
import type { LevelFormat } from '../grid/level-format.ts'
import { roomCount, roomsOf } from './rooms.ts'
import { bare, marker, textures as names } from './textures.ts'

export type GoalNavigationLevel = GridLevel & {
  /** Cell where the agent starts. */
  readonly agent: number
  readonly target: number
  /** [9] By room, its background: the number of a texture, or −1. */
  readonly textures: readonly number[]
  /** A room that nothing marks, to count how often rooms are entered by chance; −1 for none. */
  readonly counterpart: number
}

/** The room with the marking texture, or −1. */
export const indicatedRoom = ({ textures }: Pick<GoalNavigationLevel, 'textures'>): number => textures.indexOf(marker)

export const goalNavigationFormat: LevelFormat<GoalNavigationLevel> = {
  items: ['agent', 'target'],
  symbols: { '@': ['agent'], t: ['target'] },
  notes: ['textures', 'counterpart'],
  cellsOf: ({ agent, target }) => [agent, target],
  notesOf: ({ textures, counterpart }) => [textures, [counterpart]],
  levelOf({ size, walls }, [[agent], [target]], [textures, [counterpart]]) {
    if (size % 3 !== 2) throw new RangeError(`a size of ${size} is not that of 3 × 3 rooms, which is 3 k + 2`)
    if (roomsOf(size)[target] < 0) throw new RangeError('the target is not in a room')
    checkTextures(textures)
    if (counterpart === undefined || counterpart < -1 || counterpart >= roomCount)
      throw new RangeError(`the counterpart must be a room from 0 to ${roomCount - 1}, or -1`)
    return { size, walls, agent, target, textures, counterpart }
  },
}

function checkTextures(textures: readonly number[]): void {
  if (textures.length !== roomCount)
    throw new RangeError(`textures must be ${roomCount} numbers, one for each room, not ${textures.length}`)
  if (textures.some((texture) => texture < bare || texture >= names.length))
    throw new RangeError(`a texture is a number from 0 to ${names.length - 1}, or -1 for none`)
  if (textures.filter((texture) => texture === marker).length > 1)
    throw new RangeError(`only one room may have texture ${marker}, which marks the indicated room`)
}
