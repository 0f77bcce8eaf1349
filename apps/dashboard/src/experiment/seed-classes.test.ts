import type { Report } from '@goalpost/contracts'
import { expect, test } from 'vitest'
import { seedClasses } from './seed-classes.ts'

const report = (given: { name?: string; seed?: number; verdict?: string }): Report => ({
  title: '',
  summary: '',
  parts: [
    {
      type: 'distribution',
      title: '',
      axis: { title: '' },
      groups: [{ name: 'control', values: [{ name: 'a dot', value: 0, tone: 'bad', ...given }] }],
      references: [],
      notes: [],
    },
  ],
})

test('a seed has the verdict that the report gives it', () => {
  expect([...seedClasses(report({ seed: 12, verdict: 'goal-misgeneralized' }))]).toEqual([
    ['control\n12', { name: 'goal misgeneralized', tone: 'bad' }],
  ])
})

test('an older report says the verdict in the name of the dot', () => {
  expect([...seedClasses(report({ name: 'seed 12, goal-misgeneralized' }))]).toEqual([
    ['control\n12', { name: 'goal misgeneralized', tone: 'bad' }],
  ])
})

test('replicates without a verdict, and experiments without a report, have no class', () => {
  expect(seedClasses(report({ seed: 12 })).size).toBe(0)
  expect(seedClasses(null).size).toBe(0)
})
