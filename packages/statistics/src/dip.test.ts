import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import { dipStatistic, dipTest } from './dip.ts'

// prettier-ignore
const faculty = [
  30, 33, 35, 36, 37, 37, 39, 39, 39, 39, 39, 40, 40, 40, 40, 41, 42, 43, 43, 43, 44, 44, 45, 45, 46, 46, 47, 47, 48, 48, 48, 49,
  50, 50, 51, 52, 52, 53, 53, 53, 53, 53, 54, 54, 57, 57, 59, 60, 60, 60, 61, 61, 61, 61, 62, 62, 62, 62, 63, 66, 70, 72, 72,
]
const twoGroups = [0.02, 0.05, 0.01, 0.98, 0.95, 0.5, 1, 0.97, 0.03, 0]

// diptest 0.76.0 of R: dip(x).
test.each([
  ['the quality of 63 faculties, an example of R’s package', faculty, 0.0595238095238095],
  ['two groups and one between', twoGroups, 0.1868421052631579],
  ['ten values without order', [3, 1, 4, 1.5, 9, 2.6, 5, 3.5, 8.9, 7.9], 0.10875],
  ['ties', [0.9, 0.4, 0.7, 0.1, 0.7, 0.1, 0.3, 0.4, 0.9, 1, 0, 0.6, 0, 0.6, 0.1, 0.6, 0.8, 0.4, 0.1, 0.1], 0.0875],
  ['two points, as far from one mode as can be', [0, 0, 0, 1, 1, 1], 0.25],
  ['a point between two', [0, 0, 0, 0, 0.5, 1, 1, 1, 1], 2 / 9],
  ['equal values: one mode, so the least there is', [1, 1, 1, 1], 1 / 8],
])('the dip of %s', (_, values, dip) => {
  expect(dipStatistic(values)).toBeCloseTo(dip, 12)
})

test('the dip depends neither on the order nor on the scale', () => {
  const turned = twoGroups.map((value) => 7 - 3 * value).reverse()
  expect(dipStatistic(turned)).toBeCloseTo(dipStatistic(twoGroups), 12)
  expect(dipStatistic([])).toBeNaN()
})

test('the p-value agrees with R, and is the same for the same randomness', () => {
  const settings = () => ({ samples: 4000, random: createStream(1).at(0) })
  // dip.test(x, simulate.p.value = TRUE, B = 20000 and 200000).
  expect(Math.abs(dipTest(faculty, settings()).p - 0.0874)).toBeLessThan(0.015)
  expect(dipTest(twoGroups, settings()).p).toBeLessThan(0.002)
  expect(dipTest(faculty, settings())).toEqual(dipTest(faculty, settings()))
})

test('one mode is rejected at 5 % in about one uniform sample of twenty, and more rarely in normal ones', () => {
  const rejected = (draw: 'uniform' | 'normal') => {
    const stream = createStream(2).named(draw)
    const p = Array.from({ length: 400 }, (_, i) => {
      const random = stream.at(i)
      return dipTest(
        Float64Array.from({ length: 15 }, () => random[draw]()),
        { samples: 99, random },
      ).p
    })
    return p.filter((value) => value <= 0.05).length / p.length
  }
  expect(rejected('uniform')).toBeGreaterThan(0.025)
  expect(rejected('uniform')).toBeLessThan(0.08)
  expect(rejected('normal')).toBeLessThan(0.03)
})
