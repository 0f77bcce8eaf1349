import { inferAgency, type AgencyPosterior } from '@goalpost/evaluation'
import { artifactNames } from '../../worlds/artifact-names.ts'
import type { KeptEpisodes } from '../../worlds/episodes/kept-episodes.ts'
import type { RlShiftOptions } from '../spec.ts'
import type { EvidenceFiles } from './evidence-files.ts'
import { finalEvaluation, type GatheredCondition } from './gather.ts'
import { environmentOf } from '../../worlds/environment-of.ts'
import { suiteWorld } from '../../worlds/suites/suite-world.ts'
import type { Suite } from '../../worlds/suites/suite-options.ts'

/** One condition's policies on one suite, as agents or as devices. */
export type InferredGoals = {
  readonly condition: string
  readonly suite: string
  readonly seeds: readonly { readonly seed: number; readonly posterior: AgencyPosterior }[]
}

/** Episodes per policy unless the spec says otherwise: enough to distinguish trained policies. */
const defaultEpisodes = 64

/**
 * Decisions per report, at tens of microseconds each, so that it is ready within seconds. Planning for the goals of one
 * episode costs as much as `planning` decisions. Large experiments use fewer episodes of every policy.
 */
const maxDecisions = 600_000
const planning = 100

/** For every condition and suite with kept episodes: whether the policies are agents, and which goals they pursue. */
export function inferGoals(conditions: readonly GatheredCondition[]): readonly InferredGoals[] {
  const kept = conditions.flatMap((condition) =>
    condition.options.suites.map(({ name }) => gatherSuite(condition, name)),
  )
  const all = kept.flatMap(({ seeds }) => seeds.flatMap(({ episodes }) => episodes))
  const read = Math.min(1, maxDecisions / all.reduce((sum, { actions }) => sum + planning + actions.length, 0))
  return kept.map((one) => inferCondition(one, read)).filter(({ seeds }) => seeds.length > 0)
}

/**
 * By seed: the goal that a policy pursues with at least this probability, if it is unrelated to the intended goal and
 * the proxy; null otherwise.
 */
export function otherGoals(
  { seeds }: InferredGoals,
  { options, suite, probability }: { options: RlShiftOptions; suite: Suite; probability: number },
): ReadonlyMap<number, string | null> {
  const { parameters } = suiteWorld(options, suite)
  const candidates = environmentOf(options.environment).agency?.candidates(parameters) ?? []
  const unrelated = new Set(candidates.filter((goal) => goal.unrelated === true).map(({ name }) => name))
  return new Map(
    seeds.map(({ seed, posterior }) => {
      const [best] = posterior.goals.toSorted((a, b) => b.probability - a.probability)
      const sure = posterior.agent >= probability && best.probability >= probability
      return [seed, sure && unrelated.has(best.name) ? best.name : null]
    }),
  )
}

type Episodes = KeptEpisodes['episodes']

/** Kept episodes of one condition on one suite. */
type Kept = {
  readonly condition: string
  readonly options: RlShiftOptions
  readonly files: EvidenceFiles
  readonly suite: string
  readonly seeds: readonly { readonly seed: number; readonly episodes: Episodes }[]
}

function gatherSuite({ evidence, options, files }: GatheredCondition, suite: string): Kept {
  const trajectories = options.analysis?.agency.trajectories ?? defaultEpisodes
  const name = artifactNames.keptEpisodes(suite, options.evaluation.acting[0])
  const seeds = evidence.runs.flatMap((run) => {
    const found = files.episodes(finalEvaluation(run), name)
    return found === null ? [] : [{ seed: run.seed, episodes: found.episodes.slice(0, trajectories) }]
  })
  return { condition: evidence.name, options, files, suite, seeds }
}

/** @param read share of each seed's episodes that are used, from the first on */
function inferCondition({ seeds, ...kept }: Kept, read: number): InferredGoals {
  const { condition, suite } = kept
  const inferred = seeds.flatMap(({ seed, episodes }) => {
    const posterior = inferFrom(episodes.slice(0, Math.ceil(read * episodes.length)), kept)
    return posterior === null ? [] : [{ seed, posterior }]
  })
  return { condition, suite, seeds: inferred }
}

function inferFrom(episodes: Episodes, { options, suite: name, files }: Omit<Kept, 'seeds'>): AgencyPosterior | null {
  const environment = environmentOf(options.environment)
  const { agency } = environment
  const suite = options.suites.find((candidate) => candidate.name === name)
  if (suite === undefined || agency === undefined || episodes.length === 0) return null
  const { parameters } = suiteWorld(options, suite)
  return inferAgency({
    actions: environment.actions.length,
    goals: agency.candidates(parameters).map(({ name }) => name),
    views: agency.views.map(({ name }) => name),
    trajectories: episodes.map((episode) =>
      agency.decisions(parameters, files.readLevel(environment, parameters, episode.level), episode),
    ),
  })
}
