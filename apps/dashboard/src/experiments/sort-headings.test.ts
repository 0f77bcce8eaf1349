import { expect, test } from 'vitest'
import { directionOf, headings, nextSort } from './sort-headings.ts'

const heading = (title: string) => headings.find((each) => each.title === title)!

test('a heading sorts, and pressed again the other way round', () => {
  expect(nextSort(heading('State'), '-created')).toBe('state')
  expect(nextSort(heading('State'), 'state')).toBe('-state')
  expect(nextSort(heading('State'), '-state')).toBe('state')
  expect(nextSort(heading('Created'), 'name')).toBe('-created')
  expect(nextSort(heading('Created'), '-created')).toBe('created')
  expect(nextSort(heading('Progress'), '-created')).toBe('-progress')
  expect(nextSort(heading('Progress'), '-progress')).toBe('progress')
  expect(nextSort(heading('Changed'), '-updated')).toBe('updated')
})

test('only the heading of the order has a direction', () => {
  expect(headings.map((each) => directionOf(each, '-verdict'))).toEqual([
    'none',
    'none',
    'none',
    'descending',
    'none',
    'none',
  ])
  expect(directionOf(heading('Experiment'), 'name')).toBe('ascending')
  expect(new Set(headings.map((each) => directionOf(each, 'priority')))).toEqual(new Set(['none']))
})
