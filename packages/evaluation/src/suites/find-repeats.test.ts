import { levelFingerprint, sampleMixture } from '@goalpost/environments'
import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import { levelText } from '../levels/level-document.ts'
import { createRepeatFinder } from './find-repeats.ts'
import { environmentNamed } from '../../test/environment-named.ts'

const corner = environmentNamed('corner')
const parameters = corner.parameters.parse({ size: 2 })
const stream = createStream(3)
const draw = (name: string, count: number, alpha = 0.5) =>
  Array.from({ length: count }, (_, i) =>
    sampleMixture({ environment: corner, parameters, alpha }, stream.named(name), i),
  )

test('levels of equal text are found in every suite, however often a level repeats', () => {
  const suites = [draw('one', 40), draw('two', 60, 1)]
  const trained = draw('trained', 30)
  const finder = createRepeatFinder(corner, suites)
  for (const level of [...trained, ...trained]) finder.see(level)
  const texts = new Set(trained.map((level) => levelText(corner, level)))
  const expected = suites.map((levels) => levels.map((level) => (texts.has(levelText(corner, level)) ? 1 : 0)))
  expect(finder.seen.map((seen) => [...seen])).toEqual(expected)
  expect(expected.flat()).toContain(1)
  expect(expected.flat()).toContain(0)
})

test('a level that shares only its fingerprint with another is not a repeat', () => {
  const [level, twin] = [{ cell: 1 }, { cell: 1 + 2 ** 32 }]
  expect(levelFingerprint(twin)).toBe(levelFingerprint(level))
  const finder = createRepeatFinder({ name: 'line', levelToJson: (given: typeof level) => given }, [[level, twin]])
  finder.see(twin)
  expect([...finder.seen[0]!]).toEqual([0, 1])
  finder.see(level)
  expect([...finder.seen[0]!]).toEqual([1, 1])
})
