import { expect, test } from 'vitest'
import { openState } from './open-state.ts'

const closed = { isOpen: null, wasWrong: false }

test('a group that opened because something is wrong stays open when that is mended', () => {
  const opened = openState(closed, true)
  expect(opened.isOpen).toBe(true)
  expect(openState(opened, false).isOpen).toBe(true)
  expect(openState(closed, false)).toBe(closed)
})

test('a group that was closed stays closed until something else becomes wrong', () => {
  const shut = { ...openState(closed, true), isOpen: false }
  expect(openState(shut, true)).toBe(shut)
  expect(openState(openState(shut, false), true).isOpen).toBe(true)
})
