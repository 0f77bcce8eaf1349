import { expect, test } from 'vitest'
import { createValueByPlace } from './value-by-place.ts'

function meansOf(decisions: readonly (readonly [cell: number, place: number, value: number])[]) {
  const byPlace = createValueByPlace({ from: -1, to: 2 }, 4)
  for (const decision of decisions) byPlace.add(...decision)
  return byPlace.means().map(({ place, value, episodes }) => [place, value, episodes])
}

test('the value at a place is the mean over episodes of the first decision there', () => {
  expect(
    meansOf([
      [0, -1, 0.25],
      [0, 1, 0.5],
      [0, 1, 99],
      [2, 1, 1],
      [2, -1, 0.75],
      [2, 1, 99],
    ]),
  ).toEqual([
    [-1, 0.5, 2],
    [1, 0.75, 2],
  ])
})

test('places beyond the axis count nowhere, and without decisions there is nothing', () => {
  expect(
    meansOf([
      [1, -2, 5],
      [1, 3, 5],
      [1, 2, 0],
    ]),
  ).toEqual([[2, 0, 1]])
  expect(meansOf([])).toEqual([])
})

test('the order in which episodes are played changes no bit', () => {
  const decisions = [0.1, 0.7, 0.3, 0.2].map((value, cell) => [cell, 0, value] as const)
  expect(meansOf(decisions.toReversed())).toEqual(meansOf(decisions))
})
