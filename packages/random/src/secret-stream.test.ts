import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { createSecretStream } from './secret-stream.ts'

const keyOf = (text: string) => new TextEncoder().encode(text)
const first = createSecretStream(keyOf('a key'))

test('equal keys give equal streams, independent of earlier draws', () => {
  const again = createSecretStream(keyOf('a key'))
  again.at(5).word()
  for (const draw of [
    (stream: typeof first) => stream.at(3).word(),
    (stream: typeof first) => stream.named('levels').at(3).word(),
    (stream: typeof first) => stream.word(3, 4),
    (stream: typeof first) => stream.uniform(3, 4),
  ])
    expect(draw(again)).toBe(draw(first))
})

test('another key, role, item, counter or lane gives other words', () => {
  const words = [
    first.at(0).word(),
    first.at(1).word(),
    first.named('0').at(0).word(),
    first.named('role 0').at(0).word(),
    createSecretStream(keyOf('a kez')).at(0).word(),
    first.word(0),
    first.word(1),
    first.word(0, 1),
    first.named('0').word(0),
  ]
  expect(new Set(words).size).toBe(words.length)
})

test('an item begins with 128 bits of HMAC-SHA256, as Node computes it', () => {
  const digest = createHmac('sha256', 'a key').update('item 7').digest()
  // The first word of xoshiro128** is rotl(s1 · 5, 7) · 9.
  const product = Math.imul(digest.readUInt32BE(4), 5)
  expect(first.at(7).word()).toBe(Math.imul((product << 7) | (product >>> 25), 9) >>> 0)
})

test('uniform numbers are spread evenly over [0, 1)', () => {
  const drawn = Array.from({ length: 10_000 }, (_, index) => first.uniform(index))
  expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...drawn)).toBeLessThan(1)
  expect(drawn.reduce((sum, value) => sum + value, 0) / drawn.length).toBeCloseTo(0.5, 1)
})
