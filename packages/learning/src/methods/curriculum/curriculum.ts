import type { LevelSource } from '../../levels/level-source.ts'
import { encodeSnapshot, parseSnapshot, SnapshotError } from '../../snapshots/sections.ts'
import { chooseBatch, type Batch, type BatchKind, type BatchRules, type Progress } from './choose-batch.ts'
import { decodeJudged, encodeJudged, unplayedLevel, type JudgedLevel } from './judged-level.ts'
import { createLevelBuffer, type LevelBuffer } from './level-buffer.ts'
import type { LevelOutcome } from './level-outcomes.ts'
import type { LevelTools } from './level-tools.ts'
import { scoreLevel, type LevelScore } from './regret.ts'

export type CurriculumSetup<Level> = Omit<BatchRules<Level>, 'tools'> & {
  readonly score: LevelScore
  readonly tools: LevelTools<Level>
}

/** Robust prioritised level replay (PLR⊥, arXiv 2110.02439), with mutations ACCEL (arXiv 2203.01302). */
export type Curriculum<Level> = {
  /** The levels of the batch, for the trainer. Its state is that of the whole curriculum. */
  readonly source: LevelSource<Level>
  readonly buffer: Pick<LevelBuffer<Level>, 'entries'>
  /** Chooses the next batch. */
  advance(): BatchKind
  batch(): Batch<Level>
  /** Scores the batch that was just played, by slot. */
  finish(outcomes: readonly LevelOutcome[]): void
}

export function createCurriculum<Level>(setup: CurriculumSetup<Level>): Curriculum<Level> {
  const { options, tools, levelOf, size } = setup
  if (options.bufferSize < size)
    throw new RangeError(`a buffer of ${options.bufferSize} levels is smaller than a batch of ${size}`)
  const buffer = createLevelBuffer(tools, options)
  buffer.fill(Array.from({ length: options.bufferSize }, (_, index) => unplayedLevel(levelOf(index), tools)))
  let batch: Batch<Level> = { kind: 'generate', entries: buffer.entries().slice(0, size), places: [] }
  let progress: Progress = { cycles: 0, generated: options.bufferSize, replays: 0 }

  const atSlot = (slot: number) => batch.entries[slot].level
  return {
    buffer,
    batch: () => batch,
    advance() {
      const { cycles, generated, replays } = progress
      batch = chooseBatch(setup, { ...progress, batch, buffer: buffer.entries() })
      const generates = batch.kind === 'generate'
      progress = { cycles: cycles + 1, generated: generated + (generates ? size : 0), replays }
      return batch.kind
    },
    finish(outcomes) {
      const replayed = batch.kind === 'replay'
      if (replayed) progress = { ...progress, replays: progress.replays + 1 }
      const entries = batch.entries.map((entry, slot) => judge(setup, entry, outcomes[slot], progress.replays))
      batch = { ...batch, entries: replayed ? entries.map(countReplay) : entries }
      if (replayed) for (const [slot, place] of batch.places.entries()) buffer.update(place, batch.entries[slot])
      else buffer.insert(batch.entries, progress.replays)
    },
    source: {
      next: atSlot,
      current: atSlot,
      save: () => encode(tools, { batch, progress, buffer: buffer.entries() }),
      restore(bytes) {
        const saved = decode(tools, bytes)
        batch = saved.batch
        progress = saved.progress
        buffer.fill(saved.buffer)
      },
      check: (bytes) => void decode(tools, bytes),
    },
  }
}

function judge<Level>(
  { score }: Pick<CurriculumSetup<Level>, 'score'>,
  entry: JudgedLevel<Level>,
  outcome: LevelOutcome,
  lastVisit: number,
): JudgedLevel<Level> {
  const bestReturn = outcome.episodes === 0 ? entry.bestReturn : Math.max(entry.bestReturn, outcome.bestReturn)
  return { ...entry, score: scoreLevel(score, outcome, bestReturn, entry.optimum), bestReturn, lastVisit }
}

const countReplay = <Level>(entry: JudgedLevel<Level>): JudgedLevel<Level> => ({ ...entry, replays: entry.replays + 1 })

type Saved<Level> = {
  readonly batch: Batch<Level>
  readonly progress: Progress
  readonly buffer: readonly JudgedLevel<Level>[]
}
type Meta = Progress & { readonly kind: BatchKind }

function encode<Level>(tools: LevelTools<Level>, { batch, progress, buffer }: Saved<Level>): Uint8Array {
  const [known, playing] = [encodeJudged(buffer, tools), encodeJudged(batch.entries, tools)]
  const { cycles, generated, replays } = progress
  const meta: Meta = { kind: batch.kind, cycles, generated, replays }
  const sections = {
    buffer: known.texts,
    bufferNumbers: known.numbers,
    batch: playing.texts,
    batchNumbers: playing.numbers,
    places: Int32Array.from(batch.places),
  }
  return encodeSnapshot({ kind: 'curriculum', meta, sections })
}

function decode<Level>(tools: LevelTools<Level>, bytes: Uint8Array): Saved<Level> {
  const { meta, sections } = parseSnapshot<Meta>(bytes, 'curriculum')
  const judged = (texts: unknown, numbers: unknown) => {
    if (texts instanceof Uint8Array && numbers instanceof Float64Array) return decodeJudged(texts, numbers, tools)
    throw new SnapshotError('levels of its curriculum are missing')
  }
  const { kind, ...progress } = meta
  const entries = judged(sections['batch'], sections['batchNumbers'])
  return {
    batch: { kind, entries, places: Array.from(sections['places'] ?? []) },
    progress,
    buffer: judged(sections['buffer'], sections['bufferNumbers']),
  }
}
