import type { SeriesPart } from '@goalpost/contracts'
import { expect, test } from 'vitest'
import { seriesDocument } from './series-document.ts'

const line = (name: string, values: readonly number[]) => ({
  name,
  style: 'solid' as const,
  points: values.map((value, x) => ({ x, y: { value } })),
})
const part = (lines: SeriesPart['lines']): SeriesPart => ({
  type: 'series',
  title: 'Loss & gain',
  x: { title: 'steps', scale: 'linear' },
  y: { title: 'loss', scale: 'linear' },
  lines,
  references: [{ name: 'random', y: 2 }],
})

test('a series alone is an SVG document with title, curves, references and the name of every curve', () => {
  const drawn = seriesDocument(part([line('one', [1, 2, 3]), line('two', [3, 1])])) ?? ''
  expect(drawn).toMatch(/^<svg\s+xmlns="http:\/\/www.w3.org\/2000\/svg"/)
  for (const text of ['Loss &amp; gain', 'steps', 'random', 'one', 'two']) expect(drawn).toContain(text)
  expect(drawn.match(/<path class="curve/g)).toHaveLength(2)
})

test('it is drawn for white paper, on any page', () => {
  const drawn = seriesDocument(part([line('one', [1, 2])])) ?? ''
  expect(drawn).toContain('--c0: #0072b2')
  expect(drawn).not.toContain('light-dark')
})

test('its height grows with its legend', () => {
  const heightOf = (count: number) =>
    Number(
      /height="(\d+)"/.exec(
        seriesDocument(part(Array.from({ length: count }, (_, i) => line(`${i}`, [i])))) ?? '',
      )?.[1],
    )
  expect(heightOf(9)).toBeGreaterThan(heightOf(1))
})

test('a series without values is not drawn', () => {
  expect(seriesDocument(part([line('none', [])]))).toBeNull()
})
