import { byScore, replayProbabilities, type Prioritization } from './replay-probabilities.ts'
import type { JudgedLevel } from './judged-level.ts'
import type { LevelTools } from './level-tools.ts'

/** The candidates for replay; always full. */
export type LevelBuffer<Level> = {
  entries(): readonly JudgedLevel<Level>[]
  update(index: number, entry: JudgedLevel<Level>): void
  /**
   * The candidates compete with as many entries of smallest replay probability: the best scores of both stay, entries
   * first where scores are equal. A candidate equal to an entry only raises its score and best return.
   */
  insert(candidates: readonly JudgedLevel<Level>[], now: number): void
  /** Replaces all entries. */
  fill(entries: readonly JudgedLevel<Level>[]): void
}

export function createLevelBuffer<Level>(
  tools: Pick<LevelTools<Level>, 'text'>,
  prioritization: Prioritization,
): LevelBuffer<Level> {
  let entries: JudgedLevel<Level>[] = []
  const index = createLevelIndex(tools)

  /** The candidates that are new, each once. */
  function mergeKnown(candidates: readonly JudgedLevel<Level>[]): JudgedLevel<Level>[] {
    const fresh: JudgedLevel<Level>[] = []
    const among = createLevelIndex(tools)
    for (const candidate of candidates) {
      const [known, repeated] = [index.find(candidate), among.find(candidate)]
      if (known !== undefined) entries[known] = raise(entries[known], candidate)
      else if (repeated !== undefined) fresh[repeated] = raise(fresh[repeated], candidate)
      else among.add(candidate, fresh.push(candidate) - 1)
    }
    return fresh
  }

  return {
    entries: () => entries,
    update(at, entry) {
      entries[at] = entry
    },
    insert(candidates, now) {
      const fresh = mergeKnown(candidates)
      const places = weakest(replayProbabilities(entries, now, prioritization), candidates.length)
      const rivals = [...places.map((place) => entries[place]), ...fresh]
      const best = new Set(byScore(rivals).slice(0, places.length))
      const free = places.filter((_, i) => !best.has(i))
      for (const [i, candidate] of fresh.filter((_, j) => best.has(places.length + j)).entries()) {
        index.remove(entries[free[i]], free[i])
        entries[free[i]] = candidate
        index.add(candidate, free[i])
      }
    },
    fill(given) {
      entries = [...given]
      index.clear()
      for (const [at, entry] of entries.entries()) index.add(entry, at)
    },
  }
}

function raise<Level>(known: JudgedLevel<Level>, { score, bestReturn }: JudgedLevel<Level>): JudgedLevel<Level> {
  return { ...known, score: Math.max(known.score, score), bestReturn: Math.max(known.bestReturn, bestReturn) }
}

/** Indices of the `count` smallest probabilities, ties by index. */
function weakest(probabilities: Float64Array, count: number): number[] {
  const limit = probabilities.toSorted()[Math.min(count, probabilities.length) - 1]
  const candidates: number[] = []
  for (let i = 0; i < probabilities.length; i++) if (probabilities[i] <= limit) candidates.push(i)
  return candidates.sort((a, b) => probabilities[a] - probabilities[b]).slice(0, count)
}

type LevelIndex<Level> = {
  /** The place of an equal level. */
  find(level: JudgedLevel<Level>): number | undefined
  add(level: JudgedLevel<Level>, place: number): void
  remove(level: JudgedLevel<Level>, place: number): void
  clear(): void
}

/** Finds equal levels: by fingerprint, then by their whole text. */
function createLevelIndex<Level>({ text }: Pick<LevelTools<Level>, 'text'>): LevelIndex<Level> {
  const places = new Map<number, { readonly level: Level; readonly place: number }[]>()
  return {
    find({ fingerprint, level }) {
      const candidates = places.get(fingerprint)
      if (candidates === undefined) return undefined
      const wanted = text(level)
      return candidates.find((candidate) => text(candidate.level) === wanted)?.place
    },
    add({ fingerprint, level }, place) {
      const known = places.get(fingerprint)
      if (known === undefined) places.set(fingerprint, [{ level, place }])
      else known.push({ level, place })
    },
    remove({ fingerprint }, place) {
      const rest = (places.get(fingerprint) ?? []).filter((candidate) => candidate.place !== place)
      if (rest.length === 0) places.delete(fingerprint)
      else places.set(fingerprint, rest)
    },
    clear: () => places.clear(),
  }
}
