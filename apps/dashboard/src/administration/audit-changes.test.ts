import { expect, test } from 'vitest'
import { actionWords, auditChanges } from './audit-changes.ts'

test('only fields that differ are changes', () => {
  const before = { scope: 'read', labels: { team: 'a' }, priority: 3, note: null }
  const after = { scope: 'read', labels: { team: 'b' }, note: 'watch it', paused: true }
  expect(auditChanges({ before, after })).toEqual([
    { field: 'labels', before: '{"team":"a"}', after: '{"team":"b"}' },
    { field: 'priority', before: '3', after: '–' },
    { field: 'note', before: '–', after: 'watch it' },
    { field: 'paused', before: '–', after: 'true' },
  ])
})

test('what was created has only new values, what was deleted only old ones', () => {
  expect(auditChanges({ before: null, after: { scope: 'admin' } })).toEqual([
    { field: 'scope', before: '–', after: 'admin' },
  ])
  expect(auditChanges({ before: { scope: 'admin' }, after: null })).toEqual([
    { field: 'scope', before: 'admin', after: '–' },
  ])
})

test('an action is read as words', () => {
  expect(actionWords('workspace.quota-changed')).toBe('workspace quota changed')
})
