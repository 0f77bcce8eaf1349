import { createStream } from '@goalpost/random'
import { describe, expect, test } from 'vitest'
import { environments } from '../registry.ts'
import { overlaidEpisode, overlayEpisodes } from './overlay.ts'
import { overlayLegend, overlayLines } from './overlay-lines.ts'
import type { SceneOverlay } from './overlay-scenes.ts'
import { overlaySvg } from './overlay-svg.ts'
import type { ScenePicture, SceneShape } from './picture.ts'

const legend = [
  { thing: 'agent', name: 'boat' },
  { thing: 'goal', name: 'lamp' },
  { thing: 'hazard', name: 'rock' },
] as const

const boat = (x: number, y: number): SceneShape => ({ thing: 'agent', shape: 'circle', x, y, radius: 0.4 })
const lamp = (x: number): SceneShape => ({ thing: 'goal', shape: 'circle', x, y: 0.5, radius: 0.3 })

type Canal = {
  readonly width?: number
  readonly height?: number
  readonly lampAt?: number
  readonly mirrored?: boolean
}

/** A canal with ground along the bottom, and the boat's way in it. */
function episode(
  way: readonly (readonly [number, number])[],
  { width = 24, height = 3, lampAt = 4.5, mirrored = false }: Canal = {},
) {
  const ground: SceneShape = { thing: 'wall', shape: 'rectangle', x: 0, y: height - 1, width, height: 1 }
  const scene = (shapes: readonly SceneShape[]): ScenePicture => ({
    kind: 'scene',
    width,
    height,
    mirrored,
    legend,
    shapes,
  })
  const [start, end] = [way[0]!, way.at(-1)!]
  return overlaidEpisode(
    scene([ground, lamp(lampAt), boat(...start)]),
    scene([ground, lamp(lampAt), { thing: 'trail', shape: 'line', points: way, width: 0.1 }, boat(...end)]),
  )
}

function overlay(...episodes: ReturnType<typeof episode>[]): SceneOverlay {
  const result = overlayEpisodes(episodes.flat())
  if (result.kind !== 'scene') throw new Error(result.kind)
  return result
}

describe('overlaid scenes', () => {
  test('of one level are drawn on it, each way with its turns only', () => {
    const { background, goals, paths, start, ends } = overlay(
      episode([[1.5, 1.5], [1.5, 1.52], [2.5, 1.5], [4.5, 1.5], [4.5, 0.5]]), // prettier-ignore
      episode([[1.5, 1.5], [3.5, 1.5], [2.5, 1.5]]), // prettier-ignore
    )
    expect(background).toEqual([
      { thing: 'wall', shape: 'rectangle', x: 0, y: 2, width: 24, height: 1 },
      { thing: 'goal', shape: 'circle', x: 4.5, y: 0.5, radius: 0.3 },
    ])
    expect(goals).toEqual([])
    expect(paths).toEqual([
      [[1.5, 1.5], [4.5, 1.5], [4.5, 0.5]],
      [[1.5, 1.5], [3.5, 1.5], [2.5, 1.5]],
    ]) // prettier-ignore
    expect(start).toEqual([1.5, 1.5])
    expect(ends).toEqual([[4.5, 0.5], [2.5, 1.5]]) // prettier-ignore
  })

  test('of many levels are drawn on what most of them share, with the goals of each, and stand on the same ground', () => {
    const way = [[1.5, 1.5], [2.5, 1.5]] as const // prettier-ignore
    const { background, goals, paths, height } = overlay(
      episode(way),
      episode(way, { lampAt: 9.5 }),
      episode(way, { width: 12, lampAt: 6.5 }),
      episode([[1.5, 3.5], [2.5, 3.5]], { width: 12, height: 5 }), // prettier-ignore
    )
    expect(height).toBe(5)
    expect(background).toEqual([{ thing: 'wall', shape: 'rectangle', x: 0, y: 4, width: 12, height: 1 }])
    expect(goals).toEqual([4.5, 9.5, 6.5, 4.5].map((x, at) => ({ ...lamp(x), y: at === 3 ? 0.5 : 2.5 })))
    expect(paths).toEqual(Array.from({ length: 4 }, () => [[1.5, 3.5], [2.5, 3.5]])) // prettier-ignore
  })

  test('in a mirror lie at the right, or are turned back where others are in none', () => {
    const toLeft = [[10.5, 1.5], [9, 1.5]] as const // prettier-ignore
    const small = episode(toLeft, { width: 12, mirrored: true })
    const large = episode([[22.5, 1.5], [20, 1.5]], { mirrored: true, lampAt: 3.5 }) // prettier-ignore
    const alike = overlay(small, large)
    expect(alike.paths).toEqual([[[22.5, 1.5], [21, 1.5]], [[22.5, 1.5], [20, 1.5]]]) // prettier-ignore
    expect(alike.turnedBack).toBe(0)
    const mixed = overlay(small, large, episode([[1.5, 1.5], [5, 1.5]])) // prettier-ignore
    expect(mixed.paths.map((way) => way.map(([x]) => x))).toEqual([[1.5, 3], [1.5, 4], [1.5, 5]]) // prettier-ignore
    expect(mixed.goals.map((goal) => goal.shape === 'circle' && goal.x)).toEqual([7.5, 20.5, 4.5])
    expect(mixed.ends[0]).toEqual([3, 1.5])
    const note = '2 of 3 mirrored, as they begin at the right'
    expect(overlayLegend(mixed)).toContain(note)
    expect(overlaySvg(mixed, { title: 'Ways', legend: true })).toContain(`>${note}</text>`)
    expect(overlayLegend(alike)).not.toContain('mirrored')
  })

  test('become text in coarse cells, each with the percentage of episodes that visited it', () => {
    const both = overlay(
      episode([[0.5, 1.5], [3.5, 1.5]]), // prettier-ignore
      episode([[0.5, 1.5], [1.5, 1.5]]), // prettier-ignore
    )
    expect(overlayLines(both, { charset: 'ascii' })).toEqual([`${' '.repeat(14)}c`, ' ** ** 50 50', '#'.repeat(72)])
    expect(overlayLegend(both, { charset: 'ascii' })).toBe('c lamp')
  })

  test('become an SVG document in which each way and end is as pale as their number asks', () => {
    const opacitiesOf = (count: number) => {
      const svg = overlaySvg(overlay(...Array.from({ length: count }, () => episode([[1, 1], [2, 1]]))), {
        title: 'Ways & ends',
        legend: true,
      }) // prettier-ignore
      expect(svg).toContain('<title>Ways &amp; ends</title>')
      expect(svg.match(/<path d="M1 1l1 0"\/>/g)).toHaveLength(count)
      expect(svg).toMatch(/>lamp<.*>way<.*>end</s)
      expect(svg).not.toContain('>rock<')
      return [...svg.matchAll(/^<g .*stroke-opacity="([\d.]+)">$/gm)].map(([, opacity]) => Number(opacity))
    }
    expect(opacitiesOf(1)).toEqual([0.9])
    expect(opacitiesOf(25)).toEqual([0.3])
    expect(opacitiesOf(400)).toEqual([0.12])
  })
})

test('ways through CoinRun are drawn over the whole level, not as its camera sees them', () => {
  const coinrun = environments.get('coinrun')!
  const parameters = coinrun.parameters.parse({})
  const level = coinrun.distributions[0].sample(parameters, createStream(4).at(1))
  const right = coinrun.actions.findIndex(({ name }) => name === 'right')
  const actions = Array.from({ length: 12 }, () => right)
  const after = coinrun.picture(parameters, level, { actions, seed: 1 })
  const drawn = overlay(overlaidEpisode(coinrun.picture(parameters, level), after))
  if (after.kind !== 'scene') throw new Error(after.kind)
  expect([drawn.width, drawn.height]).toEqual([after.width, after.height])
  const [way] = drawn.paths
  expect(way![0]![0]).toBeCloseTo(drawn.start![0], 1)
  expect(way!.at(-1)![0]).toBeGreaterThan(drawn.start![0] + 1)
  expect(drawn.ends[0]![0]).toBeCloseTo(way!.at(-1)![0], 0)
})
