import { expect, test } from 'vitest'
import { toChange } from './bulk.ts'

test('without --yes nothing would be changed', () => {
  expect(toChange('archive', {}, {})).toMatchObject({ action: 'archive', dryRun: true, limit: 200 })
  expect(toChange('archive', { yes: true }, {})).toMatchObject({ dryRun: false })
})

test('options come before those of a saved filter', () => {
  const { filter } = toChange('delete', { state: 'failed', archived: true }, { state: 'succeeded', label: 'team=old' })
  expect(filter).toMatchObject({ state: 'failed', label: 'team=old', archived: 'only' })
})

test.each([
  ['explode', {}, /must be one of archive, unarchive/],
  ['delete', { limit: 'many' }, /expected number/],
  ['delete', { state: 'odd' }, /state/],
  ['delete', { before: 'yesterday' }, /createdBefore/],
])('%s %j is refused', (action, options, message) => {
  expect(() => toChange(action, options, {})).toThrow(message)
})
