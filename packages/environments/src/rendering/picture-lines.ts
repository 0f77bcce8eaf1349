import { trailRight, type Picture, type PictureCell, type Thing } from './picture.ts'
import { pixelLines } from './pixel-lines.ts'
import { sceneCells } from './scene-cells.ts'

export type LineOptions = {
  readonly charset?: 'unicode' | 'ascii'
  /** Colours a piece of the picture; plain text without it. `trail` is the agent's path. */
  readonly paint?: (text: string, kind: Thing | 'trail') => string
}

const charsets = {
  unicode: {
    things: {
      wall: '█',
      floor: ' ',
      agent: '●',
      start: '○',
      goal: '◆',
      proxy: '◇',
      both: '◈',
      hazard: '▒',
      other: '▲',
    },
    // By the sum of up 1, left 2, down 4 and right 8.
    trails: ' ╵╴╯╷│╮┤╶╰─┴╭├┬┼',
    across: '─',
  },
  ascii: {
    things: {
      wall: '#',
      floor: ' ',
      agent: '@',
      start: 'o',
      goal: 'c',
      proxy: 'x',
      both: 'b',
      hazard: '~',
      other: 'a',
    },
    trails: ' |-+||++-+-+++++',
    across: '-',
  },
} as const

/**
 * The picture as text, one string per row; a cell is two columns wide, so about square. Scenes and pixels become coarse
 * cells.
 */
export function pictureLines(picture: Picture, options: LineOptions = {}): string[] {
  if (picture.kind === 'pixels') return pixelLines(picture, options)
  const { rows } = picture.kind === 'scene' ? sceneCells(picture) : picture
  return rows.map((row) =>
    row
      .map((cell) => cellText(cell, options))
      .join('')
      .trimEnd(),
  )
}

/** The legend in one line, e.g. `● mouse  ◆ cheese`. */
export function pictureLegend(
  picture: Pick<Picture, 'legend'>,
  { charset = 'unicode', paint = plain }: LineOptions = {},
): string {
  const { things } = charsets[charset]
  return picture.legend.map(({ thing, name }) => `${paint(things[thing], thing)} ${name}`).join('  ')
}

/** The one character that stands for a thing. */
export function thingText(thing: Thing, { charset = 'unicode' }: LineOptions = {}): string {
  return charsets[charset].things[thing]
}

function cellText({ thing, trail, label }: PictureCell, { charset = 'unicode', paint = plain }: LineOptions): string {
  const { things, trails, across } = charsets[charset]
  if (thing === 'wall') return paint(things.wall.repeat(2), 'wall')
  const link = (trail & trailRight) !== 0 ? paint(across, 'trail') : ' '
  if (thing !== 'floor') return paint(label ?? things[thing], thing) + link
  return trail === 0 ? things.floor.repeat(2) : paint(trails[trail], 'trail') + link
}

const plain = (text: string) => text
