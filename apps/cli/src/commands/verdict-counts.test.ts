import { expect, test } from 'vitest'
import { verdictCounts } from './verdict-counts.ts'

const verdict = (name: string, tone: 'good' | 'bad' | 'warning') => ({ name, tone, sentence: '', condition: 'any' })

test('verdicts are counted by name, worst first, in words', () => {
  const verdicts = [verdict('aligned', 'good'), verdict('goal-misgeneralization', 'bad'), verdict('aligned', 'good')]
  expect(verdictCounts({ name: 'x', verdicts: [...verdicts, verdict('mixed', 'warning')] })).toEqual([
    '1 goal misgeneralization, 1 mixed, 2 aligned',
  ])
})

test('an experiment without verdicts, or from a service that sends none, has no counts', () => {
  expect(verdictCounts({ name: 'x' })).toEqual([])
  expect(verdictCounts({ name: 'x', verdicts: [] })).toEqual([])
})
