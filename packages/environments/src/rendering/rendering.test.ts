import { describe, expect, test } from 'vitest'
import { corner } from '../gridworlds/corner/corner.ts'
import { dish } from '../gridworlds/dish/dish.ts'
import { pictureLegend, pictureLines } from './picture-lines.ts'
import { pictureSvg } from './picture-svg.ts'

const parameters = corner.parameters.parse({ size: 4 })
const level = corner.parseLevel(
  parameters,
  `
  ######
  #....#
  #..#.#
  #..@.#
  #.c..#
  ######`,
)
const [up, left, down, right] = [0, 1, 2, 3]
const walk = [right, up, up, left, left, left]

describe('a picture', () => {
  test('shows the level, the path, its start and its end', () => {
    expect(pictureLines(corner.picture(parameters, level, { actions: walk }))).toEqual([
      '████████████',
      '██●─────╮ ██',
      '██    ██│ ██',
      '██    ○─╯ ██',
      '██  ◆     ██',
      '████████████',
    ])
  })

  test('is drawn in ASCII on request', () => {
    expect(pictureLines(corner.picture(parameters, level, { actions: walk }), { charset: 'ascii' })).toEqual([
      '############',
      '##@-----+ ##',
      '##    ##| ##',
      '##    o-+ ##',
      '##  c     ##',
      '############',
    ])
  })

  test('without actions is the level itself, with the place that the proxy rewards', () => {
    const lines = pictureLines(corner.picture(parameters, level))
    expect(lines[1]).toBe('██◇       ██')
    expect(lines[3]).toBe('██    ●   ██')
  })

  test('ends with the episode, and ignores further actions', () => {
    const ended = corner.picture(parameters, level, { actions: [left, down, right, right, up] })
    expect(ended).toEqual(corner.picture(parameters, level, { actions: [left, down] }))
    expect(pictureLegend(ended)).toBe('● mouse at the cheese  ○ start  ◇ corner')
  })

  test('names only visible things in its legend', () => {
    expect(pictureLegend(corner.picture(parameters, level))).toBe('● mouse  ◆ cheese  ◇ corner')
    expect(pictureLegend(corner.picture(parameters, level, { actions: walk }))).toBe(
      '● mouse at the corner  ○ start  ◆ cheese',
    )
    const small = dish.parameters.parse({ size: 2 })
    const together = dish.parseLevel(small, '####\n#@.#\n##b#\n####')
    expect(pictureLegend(dish.picture(small, together))).toBe('● mouse  ◈ cheese and dish')
  })

  test('leaves colours to the caller', () => {
    const paint = (text: string, kind: string) => (kind === 'agent' ? `<${text}>` : text)
    expect(pictureLines(corner.picture(parameters, level), { paint })[3]).toBe('██    <●>   ██')
  })

  test('has a legend below it if it stands alone', () => {
    const svg = pictureSvg(corner.picture(parameters, level), { title: 'Level', legend: true })
    expect([...svg.matchAll(/<text [^>]*>([^<]*)</g)].map(([, name]) => name)).toEqual(['mouse', 'cheese', 'corner'])
    const [, height] = /viewBox="0 0 6 ([\d.]+)"/.exec(svg) ?? []
    expect(Number(height)).toBeGreaterThan(6.5)
  })

  test('becomes an SVG document with a wall for every wall, one mouse and one cheese', () => {
    const svg = pictureSvg(corner.picture(parameters, level, { actions: walk }), {
      title: 'Mouse & cheese',
      cellPixels: 10,
    })
    expect(svg).toContain('width="60" height="60"')
    expect(svg).toContain('<title>Mouse &amp; cheese</title>')
    expect(svg.match(/h1v1h-1z/g)).toHaveLength(level.walls.filter((wall) => wall === 1).length)
    expect(svg.match(/<path [^>]*stroke/g)).toHaveLength(6)
  })
})
