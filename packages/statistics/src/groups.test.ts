import { describe, expect, test } from 'vitest'
import { findGroups } from './groups.ts'
import { estimateDifference } from './over-seeds-difference.ts'
import { estimateOverSeeds } from './over-seeds.ts'

const torn = [0.02, 0.98, 0.01, 1, 0]

describe('two groups of seeds', () => {
  test('are found with their sizes', () => expect(findGroups(torn)).toEqual({ lower: 3, upper: 2 }))

  test('are found where one seed of six stands apart', () =>
    expect(findGroups([0.9, 0.92, 0.1, 0.91, 0.93, 0.9])).toEqual({ lower: 1, upper: 5 }))

  test('are not seen in fewer than five seeds, nor in equal ones', () => {
    expect(findGroups([0, 1, 0, 1])).toBeNull()
    expect(findGroups([1, 1, 1, 1, 1])).toBeNull()
  })

  test('are not found if the gap is small compared with the values', () => {
    expect(findGroups([1, 1, 1, 1, 0.95])).toBeNull()
    expect(findGroups([1, 1, 1, 1, 0.85])).not.toBeNull()
  })

  test('are not found if other levels could close the gap', () => {
    const values = [0, 0, 0, 0, 0.2]
    const steady = values.map((value) => Float64Array.of(value - 0.01, value, value + 0.01))
    const unsteady = values.map((value) => Float64Array.of(value / 2, value, value * 1.5))
    expect(findGroups(values, steady)).toEqual({ lower: 4, upper: 1 })
    expect(findGroups(values, unsteady)).toBeNull()
  })
})

describe('an estimate reports that its seeds fall into two groups', () => {
  const replicates = torn.map((value) => Float64Array.of(value, value))
  const alike = [0.5, 0.52, 0.48, 0.51, 0.49]
  const others = { values: alike, replicates: alike.map((value) => Float64Array.of(value, value)) }

  test('the mean over seeds', () =>
    expect(estimateOverSeeds({ values: torn, replicates, confidence: 0.95 }).groups).toEqual({ lower: 3, upper: 2 }))

  test('a difference, for either arm', () => {
    const arm = { values: torn, replicates }
    expect(estimateDifference(arm, others, { confidence: 0.95 }).groups).toEqual({ lower: 3, upper: 2 })
    expect(estimateDifference(others, arm, { confidence: 0.95 }).groups).toEqual({ lower: 3, upper: 2 })
    expect(estimateDifference(others, others, { confidence: 0.95 }).groups).toBeUndefined()
  })
})
