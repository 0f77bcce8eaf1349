import { expect, test } from 'vitest'
import { conditionOf } from '../../../test/condition-with-kept-episodes.ts'
import { examplePictures } from './examples.ts'

const maze = `
#####
#...#
#...#
#c.@#
#####`
const conditions = Array.from({ length: 10 }, (_, place) =>
  conditionOf(`condition ${place}`, {
    environment: 'corner',
    parameters: { size: 3, maxSteps: 20 },
    levels: [maze],
    by: ['true-oracle'],
  }),
)

test('an example episode of each condition also moves, whatever the verdict; in large reports only the first', () => {
  const pictures = examplePictures(conditions)
  expect(pictures).toHaveLength(10)
  const moving = pictures.map(({ movingSvg }) => movingSvg)
  expect(moving.slice(0, 8).every((svg) => svg?.includes('@keyframes'))).toBe(true)
  expect(moving.slice(8)).toEqual([undefined, undefined])
  for (const svg of moving.slice(0, 8)) expect(svg!.length).toBeLessThan(40_000)
})
