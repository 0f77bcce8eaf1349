import { createHash } from 'node:crypto'
import type { Environment, Solution } from '@goalpost/environments'
import { createStream, type Stream } from '@goalpost/random'
import { canonicalJson } from './canonical-json.ts'
import type { Suite, SuiteFacts } from './suite.ts'

/** One of the environment's distributions, or the mixture (1 − α) · first + α · second. */
export type LevelSource = { readonly distribution: string } | { readonly alpha: number }

export type SuiteRequest = {
  readonly source: LevelSource
  readonly levels: number
  readonly seed: number
  /** Draw again where a level cannot be solved. */
  readonly solvableOnly?: boolean
}

/** Draws for one place before giving up on finding a solvable level. */
const patience = 10_000

/**
 * Draws and solves the levels. Level i depends on the seed and on i alone, so a smaller suite is the beginning of a larger
 * one. Throws a RangeError for an unknown distribution, α outside [0, 1], or where no solvable level is found.
 */
export function createSuite<Parameters, Level>(
  environment: Environment<Parameters, Level>,
  parameters: Parameters,
  request: SuiteRequest,
): Suite<Level> {
  const choose = createSampler(environment, parameters, request)
  const levels: Level[] = []
  const solutions: Solution[] = []
  let rejected = 0
  for (let index = 0; index < request.levels; index++) {
    const random = choose(index)
    let level = random()
    let solution = environment.solve(parameters, level)
    for (let tries = 1; request.solvableOnly === true && !solution.solvable; tries++) {
      if (tries === patience) throw new RangeError(`No solvable level among ${patience} draws`)
      rejected++
      level = random()
      solution = environment.solve(parameters, level)
    }
    levels.push(level)
    solutions.push(solution)
  }
  return { facts: tabulateSolutions(hashLevels(environment, parameters, levels), solutions), levels, rejected }
}

/** A suite out of levels that are already there, for example drawn by hand. */
export function createSuiteOf<Parameters, Level>(
  environment: Environment<Parameters, Level>,
  parameters: Parameters,
  levels: readonly Level[],
): Suite<Level> {
  const solutions = levels.map((level) => environment.solve(parameters, level))
  return { facts: tabulateSolutions(hashLevels(environment, parameters, levels), solutions), levels, rejected: 0 }
}

function hashLevels<Parameters, Level>(
  environment: Environment<Parameters, Level>,
  parameters: Parameters,
  levels: readonly Level[],
): string {
  const content = {
    format: 1,
    environment: environment.name,
    version: environment.version,
    parameters,
    levels: levels.map((level) => environment.levelToJson(level)),
  }
  return createHash('sha256').update(canonicalJson(content)).digest('hex')
}

function tabulateSolutions(hash: string, solutions: readonly Solution[]): SuiteFacts {
  return {
    hash,
    levels: solutions.length,
    solvable: Uint8Array.from(solutions, ({ solvable }) => (solvable ? 1 : 0)),
    optimalReturns: Float64Array.from(solutions, ({ optimalReturn }) => optimalReturn),
    optimalProxyReturns: Float64Array.from(solutions, ({ optimalProxyReturn }) => optimalProxyReturn),
    optimalEitherReturns: Float64Array.from(solutions, ({ optimalEitherReturn }) => optimalEitherReturn),
  }
}

/** Gives, for a level's index, a function that draws candidates for that place. */
function createSampler<Parameters, Level>(
  environment: Environment<Parameters, Level>,
  parameters: Parameters,
  { source, seed }: SuiteRequest,
): (index: number) => () => Level {
  const stream = createStream(seed).named('suite')
  const layouts = stream.named('levels')
  const pick = createPicker(environment, source, stream.named('mixture'))
  return (index) => {
    const distribution = pick(index)
    const random = layouts.at(index)
    return () => distribution.sample(parameters, random)
  }
}

function createPicker<Parameters, Level>(
  environment: Environment<Parameters, Level>,
  source: LevelSource,
  mixture: Stream,
) {
  const { distributions } = environment
  if ('distribution' in source) {
    const found = distributions.find(({ name }) => name === source.distribution)
    const known = distributions.map(({ name }) => name).join(', ')
    if (found === undefined)
      throw new RangeError(`${environment.name} has no distribution ${source.distribution}, only ${known}`)
    return () => found
  }
  if (!(source.alpha >= 0 && source.alpha <= 1)) throw new RangeError(`alpha must be from 0 to 1, got ${source.alpha}`)
  return (index: number) => distributions[mixture.uniform(index) < source.alpha ? 1 : 0]
}
