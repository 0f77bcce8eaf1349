import { expect, test } from 'vitest'
import { quotaChangeOf, quotaTexts } from './quota-texts.ts'

const quota = { cpuTasks: 8, gpuTasks: null, unfinishedRuns: 0, storageBytes: 1_500_000_000, weight: 2 }
const texts = { cpuTasks: '8', gpuTasks: '', unfinishedRuns: '0', storageGigabytes: '1.5', weight: '2' }

test('an empty field is no limit, and zero is one', () => {
  expect(quotaTexts(quota)).toEqual(texts)
  expect(quotaChangeOf(texts)).toEqual(quota)
})

test('only edited fields are sent', () => {
  expect(quotaChangeOf({ cpuTasks: '4' })).toEqual({ cpuTasks: 4 })
  expect(quotaChangeOf({ storageGigabytes: '' })).toEqual({ storageBytes: null })
})

test('what is no limit cannot be sent', () => {
  expect(quotaChangeOf({ ...texts, cpuTasks: '-1' })).toBeNull()
  expect(quotaChangeOf({ ...texts, weight: '0' })).toBeNull()
  expect(quotaChangeOf({ weight: '' })).toBeNull()
  expect(quotaChangeOf({ ...texts, storageGigabytes: 'much' })).toBeNull()
})
