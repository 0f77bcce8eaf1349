import { expect, test } from 'vitest'
import { rewrite } from './written-spec.ts'

test('while a text cannot be read, what it said last is kept', () => {
  const first = rewrite(undefined, 'name: a')
  expect(first).toEqual({ text: 'name: a', value: { name: 'a' }, faults: [] })
  const typing = rewrite(rewrite(first, 'name: ['), 'name: [b')
  expect(typing).toMatchObject({ text: 'name: [b', value: { name: 'a' } })
  expect(typing.faults.length).toBeGreaterThan(0)
  expect(rewrite(typing, 'name: [b]')).toEqual({ text: 'name: [b]', value: { name: ['b'] }, faults: [] })
  expect(rewrite(undefined, 'name: [').value).toEqual({})
})
