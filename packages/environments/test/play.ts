import type { Stream } from '@goalpost/random'
import type { Environment, ReferenceName, ReferencePolicy, Simulator, Solution } from '../src/environment.ts'

export type Episode = {
  /** By goal. */
  readonly returns: readonly number[]
  readonly return: number
  readonly proxyReturn: number
  readonly success: boolean
  readonly steps: number
}

export type Game<Parameters, Level> = {
  readonly environment: Environment<Parameters, Level>
  readonly parameters: Parameters
  /** The mixture of the levels. */
  readonly alpha: number
  readonly levels: readonly Level[]
  /** Randomness of the policy, by (level, step). */
  readonly stream: Stream
}

/** Steps played in a world that is never reset. */
const longest = 300

export function stepsOf<Parameters, Level>({ environment, parameters }: Game<Parameters, Level>): number {
  const { maxSteps } = environment.horizon(parameters)
  return Number.isFinite(maxSteps) ? maxSteps : longest
}

export type MakePolicy<Level> = (simulator: Simulator<Level>, levelOf: (index: number) => Level) => ReferencePolicy

/** One episode of each level under a reference policy, all side by side. */
export function playReference<Parameters, Level>(game: Game<Parameters, Level>, name: ReferenceName): Episode[] {
  const { environment, parameters } = game
  return play(game, (simulator, levelOf) => environment.createReference(name, parameters, simulator, levelOf))
}

const played = new WeakMap<object, Map<ReferenceName, Episode[]>>()

/** The same, played once per game: several guarantees are about the same episodes. */
export function referenceEpisodes<Parameters, Level>(game: Game<Parameters, Level>, name: ReferenceName): Episode[] {
  const known = played.get(game) ?? new Map<ReferenceName, Episode[]>()
  played.set(game, known)
  const episodes = known.get(name) ?? playReference(game, name)
  known.set(name, episodes)
  return episodes
}

const solved = new WeakMap<object, readonly Solution[]>()

/** By level, computed once per game; none for an environment without a solver. */
export function solutionsOf<Parameters, Level>(game: Game<Parameters, Level>): readonly Solution[] {
  const { solve } = game.environment
  const solutions =
    solved.get(game) ?? (solve === undefined ? [] : game.levels.map((level) => solve(game.parameters, level)))
  solved.set(game, solutions)
  return solutions
}

// Few enough that all observations stay in the processor's cache.
const batch = 500

export function play<Parameters, Level>(game: Game<Parameters, Level>, makePolicy: MakePolicy<Level>): Episode[] {
  const starts = Array.from({ length: Math.ceil(game.levels.length / batch) }, (_, i) => i * batch)
  return starts.flatMap((start) => playBatch(game, makePolicy, start))
}

function playBatch<Parameters, Level>(
  game: Game<Parameters, Level>,
  makePolicy: MakePolicy<Level>,
  start: number,
): Episode[] {
  const { environment, parameters, stream } = game
  const levels = game.levels.slice(start, start + batch)
  const { discount } = environment.horizon(parameters)
  const { goals } = environment
  const maxSteps = stepsOf(game)
  const seeds = stream.named('seeds')
  const simulator = environment.createSimulator(parameters, levels.length)
  levels.forEach((level, i) => simulator.reset(i, level, seeds.word(start + i)))
  const policy = makePolicy(simulator, (index) => levels[index])
  const actions = new Uint8Array(levels.length)
  const sums = goals.map(() => new Float64Array(levels.length))
  const ended = new Int32Array(levels.length)
  const end = (i: number, level: Level) => {
    ended[i] = simulator.steps[i]
    // Ended episodes are reset before the next step, by contract; their further play is ignored.
    simulator.reset(i, level)
  }
  for (let step = 0; step < maxSteps && ended.includes(0); step++) {
    policy.act(actions, (index) => stream.uniform(start + index, step))
    simulator.step(actions)
    for (let i = 0; i < levels.length; i++) {
      if (ended[i] > 0) continue
      for (const [goal, { aggregate }] of goals.entries())
        sums[goal][i] += simulator.goalRewards[goal][i] * (aggregate === 'mean' ? 1 : discount ** step)
      if (simulator.terminated[i] + simulator.truncated[i] > 0) end(i, levels[i])
    }
  }
  return levels.map((_, i) => {
    const returns = goals.map(({ aggregate }, goal) =>
      aggregate === 'mean' ? sums[goal][i] / (ended[i] || maxSteps) : sums[goal][i],
    )
    return { returns, return: returns[0], proxyReturn: returns[1], success: returns[0] > 0, steps: ended[i] }
  })
}

/** Mean and its standard error. */
export function estimate(values: readonly number[]): { mean: number; deviation: number; standardError: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)
  return { mean, deviation: Math.sqrt(variance), standardError: Math.sqrt(variance / values.length) }
}
