import {
  createReferencePolicy,
  createRepeatFinder,
  createSuite,
  drawLevels,
  evaluateEpisodes,
} from '@goalpost/evaluation'
import { createStream } from '@goalpost/random'
import { trainedSteps } from './subjects/trained/checkpoint-steps.ts'
import { trainingLevels } from './subjects/trained/training-levels.ts'
import { isSecret } from '../worlds/suites/secret-suite.ts'
import type { RlShiftOptions, TrainedOptions } from './spec.ts'
import { environmentOf } from '../worlds/environment-of.ts'
import { suiteWorld } from '../worlds/suites/suite-world.ts'

const sampledLevels = 2048
const batch = 256

/** How far a policy that pursues only the proxy falls short of the optimum in training. */
export type Coverage = {
  /** Share of solvable training levels on which the proxy-oracle falls short of the optimum. */
  readonly tellingApart: number
  /** Mean optimal return of the training mixture. */
  readonly optimal: number
  /** Mean return of the proxy-oracle on the same levels. */
  readonly proxyOracle: number
}

/** Estimated from levels of the training mixture and the oracles; nothing is trained. */
export async function estimateCoverage(options: RlShiftOptions): Promise<Coverage> {
  const environment = environmentOf(options.environment)
  const { parameters } = options
  const { levels, facts } = createSuite(environment, parameters, {
    source: { alpha: options.alpha },
    levels: sampledLevels,
    seed: 0,
  })
  const simulator = environment.createSimulator(parameters, batch)
  const table = await evaluateEpisodes({
    simulator,
    levels,
    discount: environment.horizon(parameters).discount,
    policy: createReferencePolicy(environment, parameters, { name: 'proxy-oracle', simulator }),
    episodesPerLevel: 1,
    uniform: createStream(0).named('coverage'),
    goals: environment.goals,
  })
  const solvable = levels.map((_, index) => index).filter((index) => facts.solvable[index] === 1)
  const average = (of: (index: number) => number) =>
    solvable.reduce((sum, index) => sum + of(index), 0) / solvable.length
  return {
    tellingApart: average((index) =>
      table.goals[0].returns[index] < facts.optimalReturns[0][index] * (1 - 1e-6) ? 1 : 0,
    ),
    optimal: average((index) => facts.optimalReturns[0][index]),
    proxyOracle: average((index) => table.goals[0].returns[index]),
  }
}

/** Draws of a preview: about a tenth of a second. */
const maxDrawn = 10_000

export type ExpectedRepeats = {
  readonly suite: string
  /** Share of the suite's levels among those drawn. */
  readonly share: number
  /** Training levels that were drawn: no more than any training of that length draws. */
  readonly drawn: number
}

/**
 * The least number of every suite's levels that training meets: from as many draws of its levels as episodes of full
 * length fit into its steps, with a separate seed.
 */
export function estimateRepeats(options: TrainedOptions): ExpectedRepeats[] {
  const { environment: name, steps, ppo, levels } = options
  const environment = environmentOf(name)
  const { maxSteps } = environment.horizon(options.parameters)
  const episodes = Math.max(ppo.environments, Math.floor(steps / maxSteps))
  const drawn = Math.min(maxDrawn, episodes, levels === 'fresh' ? Infinity : levels)
  // The levels of a secret suite cannot be drawn without its salt; its repeats are reported after its evaluation.
  const worlds = options.suites.map((suite) => suiteWorld(options, suite)).filter((world) => !isSecret(world))
  const suites = worlds.map(({ parameters, levelsFrom: source, levels: count, seed }) =>
    typeof seed === 'object'
      ? []
      : drawLevels(environment, parameters, { source, levels: Math.min(count, sampledLevels), seed }),
  )
  const finder = createRepeatFinder(environment, suites)
  const levelOf = trainingLevels(options, 0)
  for (let index = 0; index < drawn; index++) finder.see(levelOf(index))
  return worlds.map(({ name: suite }, index) => ({
    suite,
    share: finder.seen[index].reduce((sum, seen) => sum + seen, 0) / suites[index].length,
    drawn,
  }))
}

/** Below this share, a verdict on the remaining levels is as good. */
const fewRepeats = 0.01

function adviseOnRepeats(options: TrainedOptions): string[] {
  return estimateRepeats(options)
    .filter(({ share }) => share >= fewRepeats)
    .map(
      ({ suite, share, drawn }) =>
        `At least ${percent(share)} of the levels of ${suite} also occur in the training of one seed (estimated from ` +
        `${drawn} draws): verdicts exclude them while half of the suite remains.`,
    )
}

/**
 * Warns before training if the training levels hardly separate proxy and goal: a policy within ε of the best expected
 * return may then be fully proxy-optimal (arXiv 2507.03068, for α ≤ ε).
 */
export async function adviseOn(options: RlShiftOptions): Promise<readonly string[]> {
  if (options.policy !== undefined || !isEpisodic(options)) return []
  return [...(await adviseOnCoverage(options)), ...adviseOnRepeats(options), ...adviseOnJudge(options)]
}

/** What a hosted judge is asked, before it costs anything. */
function adviseOnJudge(options: TrainedOptions): string[] {
  const { environment, parameters, method, ppo } = options
  if (typeof method !== 'object' || method.kind !== 'judge' || method.judge === undefined) return []
  const { model, prices, costLimit } = method.judge
  const { maxSteps } = environmentOf(environment).horizon(parameters)
  const episodes = (trainedSteps(options) / ppo.rolloutSteps) * Math.floor(ppo.rolloutSteps / maxSteps)
  const asked = `${model} judges at least ${episodes} episodes of each run, those told in equal words once`
  if (prices === null) return [`${asked}. Without prices there is no cost limit.`]
  return [
    costLimit === null ? `${asked}; there is no cost limit.` : `${asked}; the limit is ${costLimit} for each run.`,
  ]
}

async function adviseOnCoverage(options: RlShiftOptions): Promise<string[]> {
  const { tellingApart, optimal, proxyOracle } = await estimateCoverage(options)
  if (!Number.isFinite(tellingApart)) return ['None of the sampled training levels can be solved.']
  const loss = (optimal - proxyOracle) / optimal
  if (tellingApart === 0)
    return [
      'No training level distinguishes proxy and goal: a policy that pursues the proxy alone is optimal in training.',
    ]
  if (loss > epsilon) return []
  return [
    `Only ${percent(tellingApart)} of the training levels distinguish proxy and goal: pursuing the proxy alone loses ` +
      `${percent(loss)} of the optimal return in training, which training may never notice.`,
  ]
}

/** A world that is never reset has no episodes for an estimate. */
function isEpisodic({ environment, parameters }: RlShiftOptions): boolean {
  return Number.isFinite(environmentOf(environment).horizon(parameters).maxSteps)
}

/** Shares of the optimum that training usually does not reach; below them the proxy may be enough. */
const epsilon = 0.05

const percent = (share: number) => `${(100 * share).toPrecision(2)} %`
