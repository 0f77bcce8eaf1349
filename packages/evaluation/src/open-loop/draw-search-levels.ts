import type { Environment } from '@goalpost/environments'
import type { Stream } from '@goalpost/random'
import { canonicalize } from 'json-canonicalize'
import { type LevelSource, rootOf, sampleLevels } from '../suites/create-suite.ts'

export type SearchedSuite<Level> = {
  readonly source: LevelSource
  /** Of a seed that anybody may know, or of a key. */
  readonly seed: number | Stream
  readonly levels: readonly Level[]
}

/** Draws for one level that is not among the suite's, on average, before a world counts as too small to have any. */
const patience = 4

/**
 * Other levels than a suite's, of the same source: a stream of their own, without those that the suite holds as well. In
 * a world with hardly another level the suite's are used after all, since a search on none finds nothing.
 */
export function drawSearchLevels<Parameters, Level>(
  environment: Environment<Parameters, Level>,
  parameters: Parameters,
  { suite, count }: { readonly suite: SearchedSuite<Level>; readonly count: number },
): readonly Level[] {
  const textOf = (level: Level) => canonicalize(environment.levelToJson(level))
  const held = new Set(suite.levels.map(textOf))
  const stream = rootOf(suite.seed).named('open-loop').named('levels')
  const sample = sampleLevels(environment, parameters, suite.source)
  const fresh: Level[] = []
  const known: Level[] = []
  for (let index = 0; fresh.length < count && index < count * patience; index++) {
    const level = sample(stream, index)
    if (held.has(textOf(level))) known.push(level)
    else fresh.push(level)
  }
  return fresh.length > 0 ? fresh : known.slice(0, count)
}
