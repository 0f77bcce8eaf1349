import type { Report } from '@goalpost/contracts'
import { expect, test } from 'vitest'
import { seedClasses } from './seed-classes.ts'

const report = (name: string): Report => ({
  title: '',
  summary: '',
  parts: [
    {
      type: 'distribution',
      title: '',
      axis: { title: '' },
      groups: [{ name: 'control', values: [{ name, value: 0, tone: 'bad' }] }],
      references: [],
      notes: [],
    },
  ],
})

test('a seed has the verdict that the report names beside it', () => {
  expect([...seedClasses(report('seed 12, goal-misgeneralized'))]).toEqual([
    ['control\n12', { name: 'goal misgeneralized', tone: 'bad' }],
  ])
})

test('replicates without a verdict, and experiments without a report, have no class', () => {
  expect(seedClasses(report('seed 12')).size).toBe(0)
  expect(seedClasses(null).size).toBe(0)
})
