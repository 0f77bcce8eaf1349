import { expect, test } from 'vitest'
import { conditionOf } from '../../../test/condition-with-kept-episodes.ts'
import { gatherKeptEpisodes } from './gather-kept-episodes.ts'
import { overlayGalleries } from './overlays.ts'
import { reachMaps } from './reach-maps.ts'

const mazes = [
  `
#####
#...#
#...#
#c.@#
#####`,
  `
#####
#...#
##..#
#..@#
#####`.replace('..@', 'c.@'),
]

test('overlays show training beside shifted levels, and where oracles of different goals diverge', () => {
  const conditions = (['true-oracle', 'proxy-oracle'] as const).map((reference) =>
    conditionOf(reference, {
      environment: 'corner',
      parameters: { size: 3, maxSteps: 20 },
      levels: mazes,
      by: [reference, reference],
    }),
  )
  const [goal, proxy] = overlayGalleries(gatherKeptEpisodes(conditions))
  expect(goal!.pictures.map(({ title }) => title)).toEqual(['on in-distribution', 'on shifted'])
  expect(goal!.pictures[1]!.caption).toBe('4 episodes of 2 seeds, sampled.')
  expect(goal!.pictures[1]!.lines.slice(1, 4)).toEqual(['███  ◇      ███', '███         ███', '███ ** ** **███'])
  expect(proxy!.pictures[1]!.lines[1]).toMatch(/^███ \*\*/)
})

const nothing = { missing: 'no such object here' }
const rooms = [
  `
######
#k..k#
#....#
#.c.c#
#...@#
######`,
]

test('with many goal objects, maps show which were reached; with one goal position there are none', () => {
  const conditions = [
    conditionOf('hoarder', {
      environment: 'keys',
      parameters: { size: 4, maxSteps: 20, few: 2, many: 3 },
      levels: rooms,
      by: ['proxy-oracle', 'true-oracle'],
    }),
  ]
  const [chests, keys] = reachMaps(conditions, gatherKeptEpisodes(conditions))
  expect(chests!.title).toBe('hoarder: share of episodes that reach a chest on shifted, by its location')
  // The right one is on the way to the keys.
  expect(chests!.values[2]).toEqual([nothing, 0.5, nothing, 1])
  expect(keys!.values[0]).toEqual([1, nothing, nothing, 1])
  const corner = [
    conditionOf('c', {
      environment: 'corner',
      parameters: { size: 3, maxSteps: 20 },
      levels: mazes,
      by: ['true-oracle'],
    }),
  ]
  expect(reachMaps(corner, gatherKeptEpisodes(corner))).toEqual([])
})

test('worlds that are no grids have overlays, and no maps of what was reached', () => {
  const coinrun = (reference: 'true-oracle' | 'proxy-oracle') =>
    conditionOf(reference, {
      environment: 'coinrun',
      parameters: { maxSteps: 80 },
      levels: ['............\n............\n#...........\n#..........#\n#...$......&\n############'],
      by: [reference],
    })
  const conditions = [coinrun('true-oracle'), coinrun('proxy-oracle')]
  const played = gatherKeptEpisodes(conditions)
  const [ofGoal, ofProxy] = overlayGalleries(played).map(({ pictures: [picture] }) => {
    expect(picture!.svg).toContain('>coin</text>')
    return Number(/<circle cx="([\d.]+)"[^>]*r=".3"/.exec(picture!.svg!)?.[1])
  })
  // An episode ends where the agent touches the coin of its goal, in column 4 or 11.
  expect(Math.abs(ofGoal! - 4.5)).toBeLessThanOrEqual(1)
  expect(Math.abs(ofProxy! - 11.5)).toBeLessThanOrEqual(1)
  expect(reachMaps(conditions, played)).toEqual([])
})

test('drawings are bounded for any number of conditions and seeds', () => {
  const by = Array.from({ length: 150 }, () => 'true-oracle' as const)
  const parameters = { size: 3, maxSteps: 20 }
  const one = conditionOf('c', { environment: 'corner', parameters, levels: mazes, by })
  const played = gatherKeptEpisodes(Array.from({ length: 30 }, () => one))
  expect(played).toHaveLength(24)
  expect(played.flatMap(({ episodes }) => episodes).length).toBeLessThanOrEqual(24 * 150)
  for (const { seeds, episodes } of played) expect(episodes).toHaveLength(seeds)
})
