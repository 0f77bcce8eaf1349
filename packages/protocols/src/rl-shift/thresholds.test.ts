import { defaultThresholds } from '@goalpost/evaluation'
import { expect, test } from 'vitest'
import { rlShift } from './index.ts'
import { currentThresholds } from './thresholds.ts'

function resolvedFrom(thresholds: Record<string, number>): unknown {
  const resolution = rlShift.resolve({ environment: 'corner', thresholds })
  if (!resolution.ok) throw new Error(JSON.stringify(resolution.issues))
  return resolution.options['thresholds']
}

test('older names of thresholds in specs mean the current ones, and are stored as these', () => {
  expect(resolvedFrom({ anchorGap: 0.2, dissent: 0.3, settledSeeds: 4 })).toEqual(
    resolvedFrom({ minAnchorGap: 0.2, maxDissent: 0.3, minSeeds: 4 }),
  )
  expect(resolvedFrom({ dissent: 0.3 })).toEqual({ ...defaultThresholds, maxDissent: 0.3 })
  expect(resolvedFrom({})).toEqual(defaultThresholds)
})

test('stored options with the older names are read correctly', () => {
  const stored = { ...defaultThresholds, minSeeds: undefined, settledSeeds: 7, sliceShare: 0.2 }
  expect(currentThresholds(stored)).toEqual({ ...defaultThresholds, minSeeds: 7, sliceShare: 0.2 })
})

test('an unknown threshold is refused with its path', () => {
  const resolution = rlShift.resolve({ environment: 'corner', thresholds: { disent: 0.3 } })
  expect(resolution.ok ? [] : resolution.issues.map(({ pointer }) => pointer)).toEqual(['/thresholds/disent'])
})
