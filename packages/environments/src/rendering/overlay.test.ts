import { describe, expect, test } from 'vitest'
import { corner } from '../gridworlds/corner/corner.ts'
import { overlaidEpisode, overlayEpisodes, type Overlay } from './overlay.ts'
import type { CellOverlay } from './overlay-cells.ts'
import { overlayLegend, overlayLines } from './overlay-lines.ts'
import { overlaySvg } from './overlay-svg.ts'

const parameters = corner.parameters.parse({ size: 3 })
const [up, left, down, right] = [0, 1, 2, 3]

const open = `
  #####
  #...#
  #.@.#
  #..c#
  #####`
const narrow = `
  #####
  #..c#
  ###.#
  #@..#
  #####`

function episode(drawing: string, actions: readonly number[]) {
  const level = corner.parseLevel(parameters, drawing)
  return overlaidEpisode(corner.picture(parameters, level), corner.picture(parameters, level, { actions }))[0]!
}

function inCells(overlay: Overlay): CellOverlay {
  if (overlay.kind !== 'cells') throw new Error(overlay.kind)
  return overlay
}

describe('overlaid episodes', () => {
  test('on one level count every cell and step once for each episode that took it, in either direction', () => {
    const ways = [
      [up, left],
      [up, left, right, left],
      [down, right],
      [down, up, down, right],
    ]
    const overlay = inCells(overlayEpisodes(ways.map((way) => episode(open, way))))
    const at = (row: number, column: number) => overlay.rows[row]![column]!
    expect(at(2, 2)).toMatchObject({ thing: 'start', visits: 4, ends: 0, down: 2 })
    expect(at(1, 1)).toMatchObject({ thing: 'proxy', visits: 2, ends: 2, right: 2 })
    expect(at(3, 3)).toMatchObject({ thing: 'goal', visits: 2, ends: 2 })
    expect(overlayLines(overlay)).toEqual([
      '███████████████',
      '███ 50 50   ███',
      '███    **   ███',
      '███    50 50███',
      '███████████████',
    ])
  })

  test('on many levels show and name only objects that more than half of them have in one place', () => {
    const overlay = overlayEpisodes([episode(open, [down]), episode(open, []), episode(narrow, [right])])
    expect(overlayLines(overlay, { charset: 'ascii' })).toEqual([
      '###############',
      '###  x      ###',
      '###    67   ###',
      '### 33 67  c###',
      '###############',
    ])
    expect(overlayLegend(overlay, { charset: 'ascii' })).toBe('c cheese  x corner')
  })

  test('become an SVG document with the commonest path drawn fullest', () => {
    const svg = overlaySvg(
      overlayEpisodes([[down], [down, right], [up], [down, left]].map((way) => episode(open, way))),
      {
        title: 'Ways & ends',
        legend: true,
      },
    )
    expect(svg).toContain('<title>Ways &amp; ends</title>')
    expect(svg).toContain('>way, at most 75 %</text>')
    const opacities = [...svg.matchAll(/<path d="([^"]+)"[^>]*opacity="([\d.]+)"/g)].map(([, path, opacity]) => [
      path,
      opacity,
    ])
    expect(opacities.slice(0, 2)).toEqual([
      ['M2.5 1.5v1M1.5 3.5h1M2.5 3.5h1', '0.66'],
      ['M2.5 2.5v1', '1'],
    ])
  })

  test('of several sizes lie in the bottom left corner of the largest, with wall around', () => {
    const two = corner.parameters.parse({ size: 2 })
    const small = corner.picture(two, corner.parseLevel(two, '####\n#.c#\n#@.#\n####'))
    const still = overlaidEpisode(small, small)
    const overlay = overlayEpisodes([...still, ...still, episode(open, [down])])
    expect(overlayLines(overlay, { charset: 'ascii' })).toEqual([
      '###############',
      '###############',
      '###  x 33######',
      '### 67 33######',
      '###############',
    ])
  })
})
