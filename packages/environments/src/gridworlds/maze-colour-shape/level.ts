import type { LevelFormat } from '../grid/level-format.ts'
import type { MazeLevel, MazeThings } from '../grid/maze-rules.ts'
import type { ColourShapeParameters } from './parameters.ts'

/** A yellow line, if `line` and `yellow` are the same cell; else a line of the other colour and a yellow gem. */
export type ColourShapeLevel = MazeLevel & { readonly line: number; readonly yellow: number }

export const colourShapeFormat: LevelFormat<ColourShapeLevel> = {
  items: ['mouse', 'line', 'yellow'],
  symbols: { '@': ['mouse'], l: ['line'], y: ['yellow'], b: ['line', 'yellow'] },
  cellsOf: ({ mouse, line, yellow }) => [mouse, line, yellow],
  levelOf: ({ size, walls }, [[mouse], [line], [yellow]]) => ({ size, walls, mouse, line, yellow }),
}

const channels = ['red', 'green', 'line', 'gem'] as const
const [red, green, line, gem] = channels.keys()
const yellowLine = [red, green, line]
const yellowGem = [red, green, gem]

/** Colours are those of light: yellow is red and green. */
export function colourShapeThings({ swapChannels }: ColourShapeParameters): MazeThings<ColourShapeLevel> {
  const otherLine = [swapChannels ? green : red, line]
  return {
    channels,
    oneHot: ['line', 'gem'],
    goalLook: (level) => (level.line === level.yellow ? yellowLine : otherLine),
    proxyLook: (level) => (level.line === level.yellow ? yellowLine : yellowGem),
  }
}
