import { describe, expect, test } from 'vitest'
import { createStream, type Stream } from './stream.ts'

const words = (stream: Stream, index: number, count = 4) => {
  const { word } = stream.at(index)
  return Array.from({ length: count }, word)
}

/** Pearson's correlation of two equally long lists. */
function correlation(xs: readonly number[], ys: readonly number[]): number {
  const centred = (values: readonly number[]) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    return values.map((value) => value - mean)
  }
  const [a, b] = [centred(xs), centred(ys)]
  const dot = (p: readonly number[], q: readonly number[]) => p.reduce((sum, value, i) => sum + value * q[i], 0)
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))
}

describe('a stream', () => {
  // The values of an independent implementation in Python, of Threefry and xoshiro128** from their papers.
  test('never changes: every stored result depends on these values', () => {
    const stream = createStream(42).named('levels')
    expect(words(stream, 7)).toEqual([1168684053, 2679335258, 3896482595, 671809476])
    expect(stream.uniform(7, 3)).toBe(0.47098336135968566)
    expect(words(createStream(2 ** 40 + 5), 2 ** 35)).toEqual([2476975606, 3939479944, 1729184585, 3340661284])
  })

  test('gives item i the same words, independent of earlier draws', () => {
    const fresh = words(createStream(1).named('levels'), 1000)
    const used = createStream(1).named('levels')
    for (let i = 0; i < 50; i++) {
      used.at(i).word()
      used.uniform(i)
      used.named('other')
    }
    expect(words(used, 1000)).toEqual(fresh)
  })

  test('keeps generators of one stream independent while both are in use', () => {
    const stream = createStream(1)
    const [a, b] = [stream.at(0), stream.at(1)]
    const interleaved = Array.from({ length: 4 }, () => [a.word(), b.word()])
    expect(interleaved.map(([word]) => word)).toEqual(words(stream, 0))
    expect(interleaved.map(([, word]) => word)).toEqual(words(stream, 1))
  })

  test.each([-1, 0.5, Number.NaN, 2 ** 53])('refuses the seed %s', (seed) => {
    expect(() => createStream(seed)).toThrow(/seed must be an integer from 0/)
  })
})

describe('streams of different name, seed or index', () => {
  const count = 20_000
  const root = createStream(3)
  const sequence = (draw: (i: number) => number) => Array.from({ length: count }, (_, i) => draw(i))
  const levels = root.named('levels')
  const pairs: Record<string, [(i: number) => number, (i: number) => number]> = {
    'two roles': [(i) => levels.uniform(i), (i) => root.named('levelt').uniform(i)],
    'a role and its parent': [(i) => levels.uniform(i), (i) => root.uniform(i)],
    'neighbouring seeds': [(i) => createStream(i).uniform(0), (i) => createStream(i + 1).uniform(0)],
    'neighbouring items': [(i) => levels.at(i).uniform(), (i) => levels.at(i + 1).uniform()],
    'neighbouring counters': [(i) => levels.uniform(i), (i) => levels.uniform(i + 1)],
    'neighbouring lanes': [(i) => levels.uniform(i, 0), (i) => levels.uniform(i, 1)],
    'counter and lane exchanged': [(i) => levels.uniform(i, 5), (i) => levels.uniform(5, i)],
    'items and counters': [(i) => levels.at(i).uniform(), (i) => levels.uniform(i)],
  }

  test.each(Object.entries(pairs))('are uncorrelated: %s', (_, [first, second]) => {
    expect(Math.abs(correlation(sequence(first), sequence(second)))).toBeLessThan(4 / Math.sqrt(count))
  })

  test('do not collide: 20,000 items and 2,000 roles start with different words', () => {
    const starts = sequence((i) => levels.at(i).word() * 2 ** 21 + (levels.at(i).word() >>> 11))
    expect(new Set(starts).size).toBe(count)
    const roles = Array.from({ length: 2_000 }, (_, i) => words(root.named(`run/${i}`), 0, 2).join())
    expect(new Set(roles).size).toBe(2_000)
  })
})

test('uniform numbers of a stream fill [0, 1) evenly, along counters and along lanes', () => {
  const stream = createStream(11).named('actions')
  for (const draw of [(i: number) => stream.uniform(i), (i: number) => stream.uniform(0, i)]) {
    const counts = new Float64Array(64)
    for (let i = 0; i < 64_000; i++) counts[Math.floor(draw(i) * 64)]++
    const chiSquare = counts.reduce((sum, n) => sum + (n - 1_000) ** 2 / 1_000, 0)
    // 99.9 % quantile of chi-square with 63 degrees of freedom.
    expect(chiSquare).toBeLessThan(103.4)
  }
})
