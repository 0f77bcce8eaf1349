import type { Rng, Stream } from '@goalpost/random'
import { drawDistinct } from './draw-distinct.ts'
import { unplayedLevel, type JudgedLevel } from './judged-level.ts'
import type { LevelTools } from './level-tools.ts'
import type { ReplayOptions } from './options.ts'
import { replayProbabilities } from './replay-probabilities.ts'

/** How the levels of a batch come about. Only replayed batches are learned from. */
export type BatchKind = 'generate' | 'mutate' | 'replay'

/** One level for each slot. */
export type Batch<Level> = {
  readonly kind: BatchKind
  readonly entries: readonly JudgedLevel<Level>[]
  /** Their places in the buffer, if they are replayed; otherwise empty. */
  readonly places: readonly number[]
}

export type Progress = {
  /** Batches so far. */
  readonly cycles: number
  /** Levels generated so far: the index of the next one. */
  readonly generated: number
  /** Replayed batches so far. */
  readonly replays: number
}

export type BatchRules<Level> = {
  readonly options: ReplayOptions
  readonly tools: Pick<LevelTools<Level>, 'optimum' | 'fingerprint'>
  /** Changes a level that was just replayed; null: no batch is mutated. */
  readonly mutate: ((level: Level, random: Rng) => Level) | null
  /** The generated level of an index. */
  readonly levelOf: (index: number) => Level
  /** Levels of one batch. */
  readonly size: number
  /** Uses the roles `curriculum` and `edits` below it. */
  readonly stream: Stream
}

type Past<Level> = Progress & { readonly batch: Batch<Level>; readonly buffer: readonly JudgedLevel<Level>[] }

/**
 * The batch after `past.batch`. With mutations, every replay is followed by mutations of its levels (ACCEL, arXiv
 * 2203.01302). The draws of batch number c depend on c alone.
 */
export function chooseBatch<Level>(rules: BatchRules<Level>, past: Past<Level>): Batch<Level> {
  const { options, mutate, stream, size } = rules
  if (mutate !== null && past.batch.kind === 'replay') return mutateBatch(rules, mutate, past)
  const random = stream.named('curriculum').at(past.cycles)
  if (random.uniform() >= options.replayProbability) return generateBatch(rules, past.generated)
  const probabilities = replayProbabilities(past.buffer, past.replays, options)
  const places = drawDistinct(probabilities, size, random.uniform)
  return { kind: 'replay', entries: places.map((place) => past.buffer[place]), places }
}

function generateBatch<Level>({ levelOf, tools, size }: BatchRules<Level>, first: number): Batch<Level> {
  const entries = Array.from({ length: size }, (_, slot) => unplayedLevel(levelOf(first + slot), tools))
  return { kind: 'generate', entries, places: [] }
}

function mutateBatch<Level>(
  { tools, size, stream }: BatchRules<Level>,
  mutate: (level: Level, random: Rng) => Level,
  { batch, cycles }: Past<Level>,
): Batch<Level> {
  const edits = stream.named('edits')
  const entries = batch.entries.map(({ level, mutations }, slot) =>
    unplayedLevel(mutate(level, edits.at(cycles * size + slot)), tools, mutations + 1),
  )
  return { kind: 'mutate', entries, places: [] }
}
