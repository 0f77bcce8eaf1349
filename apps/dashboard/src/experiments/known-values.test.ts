import { expect, test } from 'vitest'
import { knownValues } from './known-values.ts'

test('labels are suggested as the filter takes them, and owners, each once', () => {
  const experiments: Parameters<typeof knownValues>[0] = [
    { labels: { team: 'x', phase: '2' }, createdBy: 'bob' },
    { labels: { team: 'x' }, createdBy: 'ann' },
    { labels: {}, createdBy: null },
    { labels: {}, createdBy: 'bob' },
  ]
  expect(knownValues(experiments)).toEqual({ labels: ['phase=2', 'team=x'], owners: ['ann', 'bob'] })
})

test('as many are suggested as can be looked through', () => {
  const experiments = Array.from({ length: 300 }, (_, index) => ({ labels: { run: String(index) }, createdBy: null }))
  expect(knownValues(experiments).labels).toHaveLength(100)
})
