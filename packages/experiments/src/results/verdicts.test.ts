import type { VerdictPart } from '@goalpost/contracts'
import { expect, test } from 'vitest'
import { changedVerdicts } from './changed-verdicts.ts'
import { presentVerdict } from './present-verdict.ts'

const part: VerdictPart = {
  type: 'verdict',
  title: 'a, dark (control)',
  condition: 'a',
  verdict: 'good enough',
  tone: 'good',
  provisional: true,
  sentence: 'does well — 3 of 5 seeds',
  goal: 'end',
  reason: 'The numbers say so.',
  tally: { 'good enough': 3, poor: 2 },
  numbers: [{ key: 'speed', name: 'speed, on average', estimate: { value: 1 }, help: 'per second' }],
  thresholds: { least: 0.5 },
}

test('a verdict is presented with the number of agreeing replicates, and its numbers under their keys', () => {
  expect(presentVerdict(part)).toEqual({
    condition: 'a',
    title: 'a, dark (control)',
    name: 'good enough',
    tone: 'good',
    provisional: true,
    sentence: 'does well — 3 of 5 seeds',
    goal: 'end',
    agreeing: 3,
    total: 5,
    numbers: [{ key: 'speed', label: 'speed, on average', estimate: { value: 1 } }],
  })
})

test('a verdict of a report from before sentences, goals and keys has its reason instead, and nulls', () => {
  const { sentence: _, goal: __, ...old } = part
  const numbers = [{ name: 'speed', estimate: { value: 1 } }]
  expect(presentVerdict({ ...old, numbers, tally: {} })).toMatchObject({
    sentence: 'The numbers say so.',
    goal: null,
    agreeing: 0,
    total: 0,
    numbers: [{ key: null, label: 'speed' }],
  })
})

test('a change is a verdict that appeared, has another name, or is gone; equal verdicts are no change', () => {
  const named = (title: string, name: string) => ({ condition: 'a', title, name })
  const before = [named('a, dark', 'good'), named('a, light', 'good'), named('a, wet', 'poor')]
  const after = [named('a, dry', 'good'), named('a, light', 'poor'), named('a, dark', 'good')]
  expect(changedVerdicts(before, after)).toEqual([
    { condition: 'a', title: 'a, dry', name: 'good', previous: null },
    { condition: 'a', title: 'a, light', name: 'poor', previous: 'good' },
    { condition: 'a', title: 'a, wet', name: null, previous: 'poor' },
  ])
})
