import { expect, test } from 'vitest'
import { anyText, readText, shownValue } from './scalar-text.ts'

test('what is typed for any value is read as YAML reads it, and shown so that it is read the same again', () => {
  for (const value of [3, true, 'text', '3', null, [1, 'a']])
    expect(readText(anyText(value), { kind: 'any' })).toEqual(value)
  expect(readText('[1', { kind: 'any' })).toBe('[1')
})

test('a text field keeps what looks like a number; empty fields have no value', () => {
  expect(readText('3', { kind: 'text', suggestions: [] })).toBe('3')
  expect(readText('0.5', { kind: 'number', whole: false, low: undefined, high: undefined })).toBe(0.5)
  expect(readText(' ', { kind: 'any' })).toBeUndefined()
  expect(shownValue(undefined)).toBe('')
})
