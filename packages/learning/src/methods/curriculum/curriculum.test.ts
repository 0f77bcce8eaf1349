import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import { createCurriculum, type Curriculum } from './curriculum.ts'
import type { LevelOutcome } from './level-outcomes.ts'
import type { LevelTools } from './level-tools.ts'

const tools: LevelTools<number> = {
  text: String,
  read: Number,
  fingerprint: (level) => level,
  optimum: () => 1,
  design: null,
}
const stream = createStream(5)

const create = (mutate: ((level: number) => number) | null, replayProbability = 0.5) =>
  createCurriculum({
    options: { bufferSize: 12, replayProbability, temperature: 0.1, staleness: 0.1 },
    score: 'max-latest',
    tools,
    mutate,
    levelOf: (index) => index,
    size: 4,
    stream,
  })

const outcome = (level: number): LevelOutcome => ({
  episodes: 1,
  meanReturn: (level % 7) / 10,
  bestReturn: 1,
  meanValue: 0,
  positiveValueLoss: 0,
})
const levelsOf = (curriculum: Curriculum<number>) => curriculum.batch().entries.map(({ level }) => level)

function play(curriculum: Curriculum<number>, cycles: number) {
  return Array.from({ length: cycles }, () => {
    const kind = curriculum.advance()
    const levels = levelsOf(curriculum)
    expect(levels).toEqual([0, 1, 2, 3].map((slot) => curriculum.source.next(slot, 0)))
    curriculum.finish(levels.map(outcome))
    return { kind, levels }
  })
}

test('PLR generates or replays with the given probability; new levels have the next numbers', () => {
  const cycles = play(create(null), 400)
  const replayed = cycles.filter(({ kind }) => kind === 'replay').length
  expect(Math.abs(replayed / 400 - 0.5)).toBeLessThan(0.1)
  const generated = cycles.filter(({ kind }) => kind === 'generate').flatMap(({ levels }) => levels)
  expect(generated).toEqual(generated.map((_, i) => 12 + i))
})

test('ACCEL mutates the levels of every replay, at once, and nothing else', () => {
  const cycles = play(
    create((level) => level + 0.5),
    60,
  )
  for (const [i, { kind, levels }] of cycles.entries()) {
    expect(kind === 'mutate').toBe(cycles[i - 1]?.kind === 'replay')
    if (kind === 'mutate') expect(levels).toEqual(cycles[i - 1]!.levels.map((level) => level + 0.5))
  }
  expect(new Set(cycles.map(({ kind }) => kind)).size).toBe(3)
})

test('replayed levels are different ones of the buffer, and count their replays', () => {
  const curriculum = create(null, 1)
  const cycles = play(curriculum, 5)
  for (const { kind, levels } of cycles) {
    expect(kind).toBe('replay')
    expect(new Set(levels).size).toBe(4)
  }
  const replays = curriculum.buffer.entries().reduce((sum, entry) => sum + entry.replays, 0)
  expect(replays).toBe(20)
  const latest = curriculum.buffer.entries().filter(({ lastVisit }) => lastVisit === 5)
  expect(new Set(latest.map(({ level }) => level))).toEqual(new Set(cycles.at(-1)!.levels))
})

test('continues after any kind of batch as if it had not been saved', () => {
  const mutate = (level: number) => level + 0.5
  for (let cycles = 0; cycles < 12; cycles++) {
    const curriculum = create(mutate)
    play(curriculum, cycles)
    const bytes = curriculum.source.save()
    const other = create(mutate)
    play(other, 3)
    other.source.restore(bytes)
    expect(other.source.save()).toEqual(bytes)
    expect(play(other, 9)).toEqual(play(curriculum, 9))
  }
})

test('the buffer must hold a batch', () => {
  expect(() =>
    createCurriculum({
      options: { bufferSize: 3, replayProbability: 0.5, temperature: 0.1, staleness: 0.1 },
      score: 'max-latest',
      tools,
      mutate: null,
      levelOf: (index) => index,
      size: 4,
      stream,
    }),
  ).toThrow('a buffer of 3 levels is smaller than a batch of 4')
})
