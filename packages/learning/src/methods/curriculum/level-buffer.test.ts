import { expect, test } from 'vitest'
import { unplayedLevel, type JudgedLevel } from './judged-level.ts'
import { createLevelBuffer } from './level-buffer.ts'

// All levels share one fingerprint, so that only their texts tell them apart.
const tools = { text: (level: string) => level, fingerprint: () => 1, optimum: null }
const judged = (level: string, score: number, more: Partial<JudgedLevel<string>> = {}): JudgedLevel<string> => ({
  ...unplayedLevel(level, tools),
  score,
  ...more,
})

function bufferOf(...entries: readonly JudgedLevel<string>[]) {
  const buffer = createLevelBuffer(tools, { temperature: 0.1, staleness: 0 })
  buffer.fill(entries)
  return buffer
}
const scores = ({ entries }: ReturnType<typeof bufferOf>) => entries().map(({ level, score }) => `${level} ${score}`)

test('new levels compete with as many entries of smallest probability, and entries win ties', () => {
  const buffer = bufferOf(judged('a', 0.1), judged('b', 0.8), judged('c', 0.3), judged('d', 0.1))
  buffer.insert([judged('x', 0.3), judged('y', 0.2)], 0)
  // a and d are the weakest; x and y are both better.
  expect(scores(buffer)).toEqual(['y 0.2', 'b 0.8', 'c 0.3', 'x 0.3'])
  buffer.insert([judged('z', 0.3), judged('w', 0.05)], 1)
  // y and c or x are the weakest: z replaces y, and 0.3 does not replace 0.3.
  expect(scores(buffer)).toEqual(['z 0.3', 'b 0.8', 'c 0.3', 'x 0.3'])
})

test('a level that is already there keeps its place and the better score', () => {
  const buffer = bufferOf(judged('a', 0.1, { bestReturn: 0.9, replays: 3 }), judged('b', 0.8))
  buffer.insert([judged('a', 0.4, { bestReturn: 0.2 }), judged('b', 0.2)], 5)
  expect(scores(buffer)).toEqual(['a 0.4', 'b 0.8'])
  expect(buffer.entries()[0]).toMatchObject({ bestReturn: 0.9, replays: 3, lastVisit: 0 })
})

test('a level that occurs twice among the new ones is inserted once, with the better score', () => {
  const buffer = bufferOf(judged('a', 0), judged('b', 0.1))
  buffer.insert([judged('x', 0.2), judged('x', 0.6)], 0)
  expect(scores(buffer)).toEqual(['x 0.6', 'b 0.1'])
})

test('an evicted level is unknown when it comes back', () => {
  const buffer = bufferOf(judged('a', 0, { bestReturn: 1 }), judged('b', 0.5))
  buffer.insert([judged('x', 0.6)], 0)
  buffer.insert([judged('a', 0.7, { bestReturn: 0.3 })], 0)
  expect(buffer.entries().find(({ level }) => level === 'a')).toMatchObject({ score: 0.7, bestReturn: 0.3 })
})
