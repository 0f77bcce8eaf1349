import type { Rng, Stream } from '@goalpost/random'
import type { LevelSource } from '../../levels/level-source.ts'
import { encodeSnapshot, parseSnapshot, SnapshotError } from '../../snapshots/sections.ts'
import { decodeJudged, encodeJudged, unplayedLevel, type JudgedLevel } from '../curriculum/judged-level.ts'
import type { LevelOutcome } from '../curriculum/level-outcomes.ts'
import type { LevelTools } from '../curriculum/level-tools.ts'
import { scoreLevel } from '../curriculum/regret.ts'
import type { AdversarialOptions } from './options.ts'

export type AttackSetup<Level> = {
  readonly options: AdversarialOptions
  readonly tools: LevelTools<Level>
  readonly mutate: (level: Level, random: Rng) => Level
  /** The generated level of an index. */
  readonly levelOf: (index: number) => Level
  /** Slots, and levels of the search. */
  readonly size: number
  /** Uses the roles `attack` and `restarts` below it. */
  readonly stream: Stream
}

/**
 * An attack search on the policy: hill climbing from as many levels as there are slots. Each level is edited, and the edit
 * stays if its regret, optimum − return, is at least as large.
 */
export type Attack<Level> = {
  /** The levels of the next rollout, for the trainer. Its state is that of the whole attack. */
  readonly source: LevelSource<Level>
  /** The next rollout plays an edit of every level. */
  propose(): void
  /** Keeps the edits that were at least as hard, by the rollout just played. */
  accept(outcomes: readonly LevelOutcome[]): void
  /** The next rollout is learned from: levels of largest regret, then new ones. */
  mix(): void
  /** Judges the attacked levels again, by the rollout that was learned from, and lets some begin anew. */
  finish(outcomes: readonly LevelOutcome[]): void
  levels(): readonly JudgedLevel<Level>[]
  /** The levels played last, by slot. */
  batch(): readonly JudgedLevel<Level>[]
}

type State<Level> = {
  readonly population: readonly JudgedLevel<Level>[]
  /** What is played. */
  readonly batch: readonly JudgedLevel<Level>[]
  /** Places in the population of the first levels of a mixed batch, by slot. */
  readonly places: readonly number[]
  /** Batches of edits so far, iterations so far, and levels generated so far. */
  readonly rounds: number
  readonly iterations: number
  readonly generated: number
}

export function createAttack<Level>(setup: AttackSetup<Level>): Attack<Level> {
  const { tools, size, levelOf, stream, options } = setup
  const fresh = (index: number) => unplayedLevel(levelOf(index), tools)
  const first = Array.from({ length: size }, (_, index) => fresh(index))
  let state: State<Level> = {
    population: first,
    batch: first,
    places: [],
    rounds: 0,
    iterations: 0,
    generated: size,
  }
  const atSlot = (slot: number) => state.batch[slot].level
  return {
    levels: () => state.population,
    batch: () => state.batch,
    propose() {
      const { population, rounds } = state
      const chance = stream.named('attack')
      const batch = population.map(({ level, mutations }, i) =>
        unplayedLevel(setup.mutate(level, chance.at(rounds * size + i)), tools, mutations + 1),
      )
      state = { ...state, batch, places: [], rounds: rounds + 1 }
    },
    accept(outcomes) {
      const tried = state.batch.map((entry, i) => judge(entry, outcomes[i]))
      const population = state.population.map((entry, i) => (tried[i].score >= entry.score ? tried[i] : entry))
      state = { ...state, population }
    },
    mix() {
      const { population, generated } = state
      const places = hardest(population, Math.round(options.share * size))
      const added = size - places.length
      const batch = [
        ...places.map((place) => population[place]),
        ...Array.from({ length: added }, (_, i) => fresh(generated + i)),
      ]
      state = { ...state, batch, places, generated: generated + added }
    },
    finish(outcomes) {
      const population = [...state.population]
      for (const [slot, place] of state.places.entries())
        population[place] = { ...judge(population[place], outcomes[slot]), replays: population[place].replays + 1 }
      const chance = stream.named('restarts').at(state.iterations)
      let { generated } = state
      for (let i = 0; i < size; i++) if (chance.uniform() < options.restart) population[i] = fresh(generated++)
      state = { ...state, population, generated, iterations: state.iterations + 1 }
    },
    source: {
      next: atSlot,
      current: atSlot,
      save: () => encode(tools, state),
      restore(bytes) {
        const saved = decode(tools, bytes)
        if (saved.population.length !== size) throw new SnapshotError('it belongs to an attack of another size')
        state = saved
      },
    },
  }
}

/** Regret, against the best possible. A level that cannot be solved has none. */
function judge<Level>(entry: JudgedLevel<Level>, outcome: LevelOutcome): JudgedLevel<Level> {
  const bestReturn = outcome.episodes === 0 ? entry.bestReturn : Math.max(entry.bestReturn, outcome.bestReturn)
  return { ...entry, bestReturn, score: scoreLevel('oracle-latest', outcome, bestReturn, entry.optimum) }
}

/** Places of the largest scores, ties by place. */
function hardest<Level>(population: readonly JudgedLevel<Level>[], count: number): number[] {
  const places = population.map((_, place) => place)
  return places.sort((a, b) => population[b].score - population[a].score || a - b).slice(0, count)
}

type Meta = Pick<State<never>, 'rounds' | 'iterations' | 'generated'>

function encode<Level>(tools: LevelTools<Level>, state: State<Level>): Uint8Array {
  const { population, batch, places, rounds, iterations, generated } = state
  const [known, playing] = [encodeJudged(population, tools), encodeJudged(batch, tools)]
  const meta: Meta = { rounds, iterations, generated }
  const sections = {
    population: known.texts,
    populationNumbers: known.numbers,
    batch: playing.texts,
    batchNumbers: playing.numbers,
    places: Int32Array.from(places),
  }
  return encodeSnapshot({ kind: 'attack', meta, sections })
}

function decode<Level>(tools: LevelTools<Level>, bytes: Uint8Array): State<Level> {
  const { meta, sections } = parseSnapshot<Meta>(bytes, 'attack')
  const judged = (texts: unknown, numbers: unknown) => {
    if (texts instanceof Uint8Array && numbers instanceof Float64Array) return decodeJudged(texts, numbers, tools)
    throw new SnapshotError('levels of its attack are missing')
  }
  return {
    ...meta,
    population: judged(sections['population'], sections['populationNumbers']),
    batch: judged(sections['batch'], sections['batchNumbers']),
    places: Array.from(sections['places'] ?? []),
  }
}
