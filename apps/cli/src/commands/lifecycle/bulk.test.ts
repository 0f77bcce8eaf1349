import { expect, test } from 'vitest'
import { changeAll, toChange } from './bulk.ts'

test('without --yes nothing would be changed', () => {
  expect(toChange('archive', {}, {})).toMatchObject({ action: 'archive', dryRun: true })
  expect(toChange('archive', { yes: true }, {})).toMatchObject({ dryRun: false })
})

test('options come before those of a saved filter', () => {
  const { filter } = toChange('delete', { state: 'failed', archived: true }, { state: 'succeeded', label: 'team=old' })
  expect(filter).toMatchObject({ state: 'failed', label: 'team=old', archived: 'only' })
})

test.each([
  ['explode', {}, /must be one of archive, unarchive/],
  ['delete', { limit: 'many' }, /--limit must be a whole number/],
  ['delete', { state: 'odd' }, /state/],
  ['delete', {}, /The filter must say which experiments/],
  ['delete', { name: '' }, /must say which experiments/],
  ['delete', { before: 'yesterday' }, /createdBefore/],
])('%s %j is refused', (action, options, message) => {
  expect(() => toChange(action, options, {})).toThrow(message)
})

const experiment = (index: number) => ({ id: `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`, name: 'e' })

/** A service with five experiments, of which the second is refused; it answers two at a time. */
function fakeService() {
  const sent: { limit: number | undefined; cursor: string | undefined }[] = []
  const send: Parameters<typeof changeAll>[1]['send'] = ({ limit, cursor }) => {
    sent.push({ limit, cursor })
    const start = Number(cursor ?? 0)
    const end = Math.min(5, start + Math.min(2, limit ?? 2))
    const indices = Array.from({ length: end - start }, (_, index) => start + index)
    return Promise.resolve({
      done: indices.filter((index) => index !== 1).map(experiment),
      refused: indices.filter((index) => index === 1).map((index) => ({ ...experiment(index), message: 'no' })),
      nextCursor: end < 5 ? String(end) : null,
    })
  }
  return { sent, send }
}

test('goes on after the experiments of each answer, also after refused ones, to the last', async () => {
  const { sent, send } = fakeService()
  const total = await changeAll({ action: 'archive' }, { most: Infinity, send, report: () => undefined })
  expect(sent.map(({ cursor }) => cursor)).toEqual([undefined, '2', '4'])
  expect(total).toMatchObject({ done: [0, 2, 3, 4].map(experiment), refused: [experiment(1)], nextCursor: null })
})

test('a limit counts all requests together, refused experiments included', async () => {
  const { sent, send } = fakeService()
  const total = await changeAll({ action: 'archive' }, { most: 3, send, report: () => undefined })
  expect(sent.map(({ limit }) => limit)).toEqual([3, 1])
  expect(total).toMatchObject({ done: [experiment(0), experiment(2)], nextCursor: '3' })
})
