import type { Environment } from '@goalpost/environments'
import type { Stream } from '@goalpost/random'
import { canonicalize } from 'json-canonicalize'
import { type LevelSource, rootOf, sampleLevels } from '../suites/create-suite.ts'

export type SearchedSuite<Level> = {
  readonly source: LevelSource
  /** From a public seed, or from a key. */
  readonly seed: number | Stream
  readonly levels: readonly Level[]
}

/** Average draws per level outside the suite before a world counts as too small to have any. */
const patience = 4

/**
 * Levels from the suite's source that are not in the suite, from a stream of their own. In a world with hardly any
 * other level the suite's own are used, since a search on none finds nothing.
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
