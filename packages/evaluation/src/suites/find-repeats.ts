import { levelFingerprint, type Environment } from '@goalpost/environments'
import { levelText } from '../levels/level-document.ts'

export type RepeatFinder<Level> = {
  /** Looks a level up. Exact: fingerprints find candidates, then levels are compared. */
  see(level: Level): void
  /** By suite: [levels] 1 where such a level has been seen. */
  readonly seen: readonly Uint8Array[]
}

type Place = { readonly suite: number; readonly index: number }

/** Finds the levels of suites that are among others, for example a policy's training levels. */
export function createRepeatFinder<Level>(
  environment: Pick<Environment<never, Level>, 'name' | 'levelToJson'>,
  suites: readonly (readonly Level[])[],
): RepeatFinder<Level> {
  const seen = suites.map((levels) => new Uint8Array(levels.length))
  // Seen levels are removed, so repeated draws are compared once.
  const unseen = new Map<number, Map<string, Place[]>>()
  for (const [suite, levels] of suites.entries())
    for (const [index, level] of levels.entries()) {
      const places = entryOf(unseen, levelFingerprint(level), () => new Map<string, Place[]>())
      entryOf(places, levelText(environment, level), () => []).push({ suite, index })
    }

  return {
    seen,
    see(level) {
      const candidates = unseen.get(levelFingerprint(level))
      if (candidates === undefined) return
      const text = levelText(environment, level)
      for (const { suite, index } of candidates.get(text) ?? []) seen[suite][index] = 1
      candidates.delete(text)
      if (candidates.size === 0) unseen.delete(levelFingerprint(level))
    },
  }
}

function entryOf<Key, Value>(map: Map<Key, Value>, key: Key, create: () => Value): Value {
  const known = map.get(key)
  if (known !== undefined) return known
  const created = create()
  map.set(key, created)
  return created
}
