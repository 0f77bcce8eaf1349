import { expect, test } from 'vitest'
import { conditionOf } from '../../../test/condition-with-kept-episodes.ts'
import { disagreementGalleries, disagreementTable } from './disagreements.ts'

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
#c.@#
#####`,
]
const world = { environment: 'corner', parameters: { size: 3, maxSteps: 20 }, levels: mazes }
const first = conditionOf('aligned', { ...world, by: ['true-oracle', 'true-oracle'] })
const other = conditionOf('misled', { ...world, by: ['proxy-oracle', 'proxy-oracle'] })

const between = (levels: readonly number[]) => ({
  first,
  other,
  suite: 'shifted',
  comparison: { mostDifferent: levels.map((level) => ({ level, left: 0.25, right: 1 })) },
})

test('levels are listed with the results of both conditions, as many as can be looked at', () => {
  const [table] = disagreementTable([between([1, 0, 7, 8, 9, 10])])
  expect(table!.rows).toHaveLength(5)
  const texts = table!.rows[0]!.cells.map((cell) => ('text' in cell ? cell.text : cell.estimate.value))
  expect(texts).toEqual(['misled', 'shifted', '1', 1, 0.25, -0.75])
  expect(disagreementTable([between([])])).toEqual([])
})

test('each level is drawn with what both conditions did on it, side by side', () => {
  const [gallery] = disagreementGalleries([between([9, 1])])
  expect(gallery!.pictures.map(({ title }) => title)).toEqual(['level 1: aligned, seed 0', 'level 1: misled, seed 0'])
  const [aligned, misled] = gallery!.pictures
  // One ends at the cheese, the other in the corner.
  expect(aligned!.lines[3]).toContain('●')
  expect(misled!.lines[1]).toContain('●')
  expect(misled!.svg).toContain('<svg')
})

test('the pictures of a comparison are bounded, and none are drawn where no episode was kept', () => {
  const many = disagreementGalleries(Array.from({ length: 40 }, () => between([0, 1])))
  expect(many.flatMap(({ pictures }) => pictures).length).toBeLessThanOrEqual(24)
  expect(disagreementGalleries([between([9])])).toEqual([])
})
