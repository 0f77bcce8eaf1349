import type { Rng, Stream } from '@goalpost/random'
import type { LevelSource } from '../../levels/level-source.ts'
import { encodeSnapshot, parseSnapshot, SnapshotError } from '../../snapshots/sections.ts'
import { decodeJudged, encodeJudged, unplayedLevel, type JudgedLevel } from '../curriculum/judged-level.ts'
import type { LevelOutcome } from '../curriculum/level-outcomes.ts'
import type { LevelTools } from '../curriculum/level-tools.ts'
import { scoreLevel } from '../curriculum/regret.ts'
import type { AdversarialOptions } from './options.ts'

/** Draws until a level can be solved; then the last is taken as it is. */
const maxDraws = 64

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
 * An attack search on the policy: hill climbing from as many solvable levels as there are slots. Each level is edited, and
 * the edit stays if it can be solved and its regret, optimum − return, is at least as large.
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
  /** Judges the attacked levels again, by the rollout that was learned from, and replaces some by new ones. Returns their mean regret. */
  finish(outcomes: readonly LevelOutcome[]): number
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
  let state = begin(setup)
  const atSlot = (slot: number) => state.batch[slot].level
  return {
    levels: () => state.population,
    batch: () => state.batch,
    propose() {
      state = propose(setup, state)
    },
    accept(outcomes) {
      state = accept(setup, state, outcomes)
    },
    mix() {
      state = mix(setup, state)
    },
    finish(outcomes) {
      const judged = judgeLearned(state, outcomes)
      state = restart(setup, { ...state, population: judged.population })
      return judged.regret
    },
    source: {
      next: atSlot,
      current: atSlot,
      save: () => encode(setup.tools, state),
      restore(bytes) {
        state = decode(setup, bytes)
      },
      check: (bytes) => void decode(setup, bytes),
    },
  }
}

function begin<Level>(setup: AttackSetup<Level>): State<Level> {
  const population: JudgedLevel<Level>[] = []
  let generated = 0
  for (let slot = 0; slot < setup.size; slot++) {
    const drawn = drawSolvable(setup, generated)
    population.push(drawn.entry)
    generated = drawn.generated
  }
  return { population, batch: population, places: [], rounds: 0, iterations: 0, generated }
}

/** The next generated level that can be solved: on others nothing can be lost, so that no search would leave them. */
function drawSolvable<Level>(setup: AttackSetup<Level>, generated: number) {
  let next = generated
  let entry = generate(setup, next++)
  while (!isSolvable(entry) && next - generated < maxDraws) entry = generate(setup, next++)
  return { entry, generated: next }
}

const generate = <Level>({ levelOf, tools }: AttackSetup<Level>, index: number) => unplayedLevel(levelOf(index), tools)

const isSolvable = ({ optimum }: JudgedLevel<unknown>) => (optimum() ?? 0) > 0

function propose<Level>(setup: AttackSetup<Level>, state: State<Level>): State<Level> {
  const { tools, size, mutate } = setup
  const { population, rounds } = state
  const chance = setup.stream.named('attack')
  const batch = population.map(({ level, mutations }, i) =>
    unplayedLevel(mutate(level, chance.at(rounds * size + i)), tools, mutations + 1),
  )
  return { ...state, batch, places: [], rounds: rounds + 1 }
}

/** Regrets of earlier rounds count less: the policy has learned since, and the largest of several is too large. */
function accept<Level>(
  { options }: AttackSetup<Level>,
  state: State<Level>,
  outcomes: readonly LevelOutcome[],
): State<Level> {
  const tried = state.batch.map((entry, i) => judge(entry, outcomes[i]))
  const population = state.population.map((entry, i) => {
    const known = { ...entry, score: entry.score * (1 - options.decay) }
    return isSolvable(tried[i]) && tried[i].score >= known.score ? tried[i] : known
  })
  return { ...state, population }
}

function mix<Level>(setup: AttackSetup<Level>, state: State<Level>): State<Level> {
  const { population, generated } = state
  const places = hardest(population, Math.max(1, Math.round(setup.options.share * setup.size)))
  const added = setup.size - places.length
  const batch = [
    ...places.map((place) => population[place]),
    ...Array.from({ length: added }, (_, i) => generate(setup, generated + i)),
  ]
  return { ...state, batch, places, generated: generated + added }
}

/** The attacked levels by what was just played, and their mean regret there. */
function judgeLearned<Level>({ population, places }: State<Level>, outcomes: readonly LevelOutcome[]) {
  const judged = [...population]
  for (const [slot, place] of places.entries())
    judged[place] = { ...judge(population[place], outcomes[slot]), replays: population[place].replays + 1 }
  const regret = places.reduce((sum, place) => sum + judged[place].score, 0) / places.length
  return { population: judged, regret }
}

function restart<Level>(setup: AttackSetup<Level>, state: State<Level>): State<Level> {
  const { options, size, stream } = setup
  const population = [...state.population]
  const chance = stream.named('restarts').at(state.iterations)
  let { generated } = state
  for (let i = 0; i < size; i++) {
    if (chance.uniform() >= options.restart) continue
    const drawn = drawSolvable(setup, generated)
    population[i] = drawn.entry
    generated = drawn.generated
  }
  return { ...state, population, generated, iterations: state.iterations + 1 }
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

function decode<Level>({ tools, size }: AttackSetup<Level>, bytes: Uint8Array): State<Level> {
  const { meta, sections } = parseSnapshot<Meta>(bytes, 'attack')
  const judged = (texts: unknown, numbers: unknown) => {
    if (texts instanceof Uint8Array && numbers instanceof Float64Array) return decodeJudged(texts, numbers, tools)
    throw new SnapshotError('levels of its attack are missing')
  }
  const population = judged(sections['population'], sections['populationNumbers'])
  if (population.length !== size) throw new SnapshotError('it belongs to an attack of another size')
  return {
    ...meta,
    population,
    batch: judged(sections['batch'], sections['batchNumbers']),
    places: Array.from(sections['places'] ?? []),
  }
}
