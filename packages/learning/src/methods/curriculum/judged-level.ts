import type { LevelTools } from './level-tools.ts'

/** A level of a curriculum, with what is known of it. */
export type JudgedLevel<Level> = {
  readonly level: Level
  /** As in `LevelTools`. */
  readonly fingerprint: number
  readonly score: number
  /** Of any episode so far; −∞ before the first one. */
  readonly bestReturn: number
  /** The number of replayed batches when it was last played. */
  readonly lastVisit: number
  /** How often it was replayed. */
  readonly replays: number
  /** Edits in sequence since it was generated. */
  readonly mutations: number
  /** The largest return, solved for once; null if there is no solver. */
  readonly optimum: () => number | null
}

export function unplayedLevel<Level>(
  level: Level,
  tools: Pick<LevelTools<Level>, 'optimum' | 'fingerprint'>,
  mutations = 0,
): JudgedLevel<Level> {
  let known: number | null = null
  return {
    level,
    fingerprint: tools.fingerprint(level),
    score: 0,
    bestReturn: Number.NEGATIVE_INFINITY,
    lastVisit: 0,
    replays: 0,
    mutations,
    optimum: () => (known ??= tools.optimum?.(level) ?? null),
  }
}

const numbers = ['score', 'bestReturn', 'lastVisit', 'replays', 'mutations'] as const

/** Levels as JSON, and [levels × 5] numbers. */
export function encodeJudged<Level>(
  levels: readonly JudgedLevel<Level>[],
  tools: LevelTools<Level>,
): { texts: Uint8Array; numbers: Float64Array } {
  return {
    texts: new TextEncoder().encode(JSON.stringify(levels.map(({ level }) => tools.text(level)))),
    numbers: Float64Array.from(levels.flatMap((judged) => numbers.map((name) => judged[name]))),
  }
}

export function decodeJudged<Level>(
  texts: Uint8Array,
  values: Float64Array,
  tools: LevelTools<Level>,
): JudgedLevel<Level>[] {
  const read = JSON.parse(new TextDecoder().decode(texts)) as string[]
  return read.map((text, i) => {
    const [score, bestReturn, lastVisit, replays, mutations] = values.subarray(i * numbers.length)
    return { ...unplayedLevel(tools.read(text), tools, mutations), score, bestReturn, lastVisit, replays }
  })
}
