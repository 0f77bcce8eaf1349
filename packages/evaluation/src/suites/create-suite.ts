import { createHash } from 'node:crypto'
import {
  requireAbility,
  sampleMixture,
  type Environment,
  type LevelDistribution,
  type Solution,
} from '@goalpost/environments'
import { createStream, type Stream } from '@goalpost/random'
import { canonicalize } from 'json-canonicalize'
import type { Suite, SuiteFacts } from './suite.ts'

/**
 * A suite as a file, whose SHA-256 is the suite's hash: canonical JSON of its levels and everything that affects play.
 */
export function suiteText<Parameters, Level>(
  environment: Environment<Parameters, Level>,
  parameters: Parameters,
  levels: readonly Level[],
): string {
  return canonicalize({
    format: 1,
    environment: environment.name,
    version: environment.version,
    parameters,
    levels: levels.map((level) => environment.levelToJson(level)),
  })
}

/** One of the environment's distributions, or the mixture (1 − α) · first + α · second. */
export type LevelSource = { readonly distribution: string } | { readonly alpha: number }

export type SuiteRequest = {
  readonly source: LevelSource
  readonly levels: number
  /** A stream if the levels must not follow from a number that can be guessed. */
  readonly seed: number | Stream
  /** Redraw levels that cannot be solved. */
  readonly solvableOnly?: boolean
}

/** Draws per level before giving up on finding a solvable one. */
const patience = 1_000

/**
 * Draws and solves the levels. Level i depends only on the seed and i, so a smaller suite is a prefix of a larger one.
 * Throws a RangeError for an unknown distribution, α outside [0, 1], or if no solvable level is found.
 */
export function createSuite<Parameters, Level>(
  environment: Environment<Parameters, Level>,
  parameters: Parameters,
  request: SuiteRequest,
): Suite<Level> {
  const solve = requireAbility(environment, 'solve')
  const sample = createSampler(environment, parameters, request)
  const levels: Level[] = []
  const solutions: Solution[] = []
  let rejected = 0
  for (let index = 0; index < request.levels; index++) {
    let level = sample(index, 0)
    let solution = solve(parameters, level)
    for (let attempt = 1; request.solvableOnly === true && !solution.solvable; attempt++) {
      if (attempt === patience) throw new RangeError(`No solvable level among ${patience} draws`)
      rejected++
      level = sample(index, attempt)
      solution = solve(parameters, level)
    }
    levels.push(level)
    solutions.push(solution)
  }
  return { facts: tabulateSolutions(hashLevels(environment, parameters, levels), solutions), levels, rejected }
}

/** The levels of a suite alone, without solving them. */
export function drawLevels<Parameters, Level>(
  environment: Environment<Parameters, Level>,
  parameters: Parameters,
  request: Omit<SuiteRequest, 'solvableOnly'>,
): readonly Level[] {
  const sample = createSampler(environment, parameters, request)
  return Array.from({ length: request.levels }, (_, index) => sample(index, 0))
}

/**
 * Redraws the levels of a suite without solving them: milliseconds instead of seconds. Null if they do not match the
 * hash, for example because generators have changed.
 */
export function redrawLevels<Parameters, Level>(
  environment: Environment<Parameters, Level>,
  parameters: Parameters,
  { hash, ...request }: Omit<SuiteRequest, 'solvableOnly'> & { readonly hash: string },
): readonly Level[] | null {
  const levels = drawLevels(environment, parameters, request)
  return hashLevels(environment, parameters, levels) === hash ? levels : null
}

/** A suite of existing levels, for example drawn by hand. */
export function createSuiteOf<Parameters, Level>(
  environment: Environment<Parameters, Level>,
  parameters: Parameters,
  levels: readonly Level[],
): Suite<Level> {
  const solve = requireAbility(environment, 'solve')
  const solutions = levels.map((level) => solve(parameters, level))
  return { facts: tabulateSolutions(hashLevels(environment, parameters, levels), solutions), levels, rejected: 0 }
}

function hashLevels<Parameters, Level>(
  environment: Environment<Parameters, Level>,
  parameters: Parameters,
  levels: readonly Level[],
): string {
  return createHash('sha256')
    .update(suiteText(environment, parameters, levels))
    .digest('hex')
}

function tabulateSolutions(hash: string, solutions: readonly Solution[]): SuiteFacts {
  return {
    hash,
    levels: solutions.length,
    solvable: Uint8Array.from(solutions, ({ solvable }) => (solvable ? 1 : 0)),
    optimalReturns: [
      Float64Array.from(solutions, ({ optimalReturns: [intended] }) => intended),
      Float64Array.from(solutions, ({ optimalReturns: [, proxy] }) => proxy),
    ],
  }
}

/** Draws candidates for one level; another `attempt` is another candidate. */
type Sampler<Level> = (index: number, attempt: number) => Level

function createSampler<Parameters, Level>(
  environment: Environment<Parameters, Level>,
  parameters: Parameters,
  { source, seed }: SuiteRequest,
): Sampler<Level> {
  const levels = rootOf(seed).named('suite').named('levels')
  const sample = sampleLevels(environment, parameters, source)
  return (index, attempt) => sample(attempt === 0 ? levels : levels.named(`attempt ${attempt}`), index)
}

/** From a public seed, or from a key. */
export const rootOf = (seed: number | Stream): Stream => (typeof seed === 'number' ? createStream(seed) : seed)

/**
 * Level `index` of a stream, drawn from the source. Throws a RangeError if the environment does not have the source.
 */
export function sampleLevels<Parameters, Level>(
  environment: Environment<Parameters, Level>,
  parameters: Parameters,
  source: LevelSource,
): (stream: Stream, index: number) => Level {
  const { alpha, distribution } = resolveSource(environment, source)
  if (distribution !== undefined) return (stream, index) => distribution.sample(parameters, stream.at(index))
  return (stream, index) => sampleMixture({ environment, parameters, alpha }, stream, index)
}

type ResolvedSource<Parameters, Level> =
  | { readonly alpha: number; readonly distribution?: undefined }
  | { readonly alpha?: undefined; readonly distribution: LevelDistribution<Parameters, Level> }

/** The first two distributions are the ends of the mixture: named or as α = 0 and α = 1 they give the same suite. */
function resolveSource<Parameters, Level>(
  { name, distributions }: Environment<Parameters, Level>,
  source: LevelSource,
): ResolvedSource<Parameters, Level> {
  if ('alpha' in source) {
    if (!(source.alpha >= 0 && source.alpha <= 1))
      throw new RangeError(`alpha must be from 0 to 1, got ${source.alpha}`)
    return { alpha: source.alpha }
  }
  const index = distributions.findIndex((candidate) => candidate.name === source.distribution)
  const known = distributions.map((candidate) => candidate.name).join(', ')
  if (index < 0) throw new RangeError(`${name} has no distribution ${source.distribution}, only ${known}`)
  return index < 2 ? { alpha: index } : { distribution: distributions[index] }
}
