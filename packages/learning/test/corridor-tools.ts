import type { LevelTools } from '../src/methods/curriculum/level-tools.ts'
import type { CorridorLevel } from './corridor.ts'

const cells = 7

/** Corridors have no walls: toggling one moves the start by one cell. The left end is the proxy. */
export const corridorTools: LevelTools<CorridorLevel> = {
  text: ({ start, goal }) => `${start} ${goal}`,
  read(text) {
    const [start, goal] = text.split(' ').map(Number)
    return { start: start!, goal: goal! }
  },
  fingerprint: ({ start }) => start,
  optimum: ({ start, goal }) => 0.99 ** (Math.abs(start - goal) - 1),
  design: {
    kindOf: ({ goal }) => (goal === 0 ? 'agrees' : 'distinguishes'),
    toggleWall: ({ start, goal }) => ({ start: 1 + (start % (cells - 2)), goal }),
    moveThing: ({ goal }, random) => ({ start: 1 + random.integer(cells - 2), goal }),
    resample: ({ start }, kind) => ({ start, goal: kind === 'agrees' ? 0 : cells - 1 }),
    alpha: 0.25,
  },
}
