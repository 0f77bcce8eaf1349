import { createStream } from '@goalpost/random'
import { describe, expect, test } from 'vitest'
import { levelFingerprint } from './level-fingerprint.ts'
import { sampleMixture } from './mixture.ts'
import { environments } from './registry.ts'

describe.each([...environments.values()])('$name', (environment) => {
  const parameters = environment.parameters.parse({})
  const alpha = environment.distributions.length > 1 ? 0.5 : 0
  const stream = createStream(7).named('fingerprints')
  const levels = Array.from({ length: 2_000 }, (_, i) => sampleMixture({ environment, parameters, alpha }, stream, i))

  test('gives equal levels equal fingerprints, however they were made', () => {
    for (const level of levels.slice(0, 100)) {
      const json = JSON.parse(JSON.stringify(environment.levelToJson(level)))
      const drawing = environment.printLevel!(parameters, level)
      const reordered = Object.fromEntries(Object.entries(level as object).toReversed())
      for (const same of [
        environment.levelFromJson(parameters, json),
        environment.parseLevel!(parameters, drawing),
        reordered,
      ])
        expect(levelFingerprint(same)).toBe(levelFingerprint(level))
    }
  })

  test('gives different levels different ones, except one pair in billions', () => {
    const texts = new Set(levels.map((level) => JSON.stringify(environment.levelToJson(level))))
    expect(new Set(levels.map(levelFingerprint)).size).toBe(texts.size)
  })
})
