import { inferAgency, type AgencyPosterior } from '@goalpost/evaluation'
import { artifactNames } from '../../worlds/artifact-names.ts'
import type { KeptEpisodes } from '../../worlds/episodes/kept-episodes.ts'
import type { RlShiftOptions } from '../spec.ts'
import type { EvidenceFiles } from './evidence-files.ts'
import { finalEvaluation, type GatheredCondition } from './gather.ts'
import { environmentOf } from '../../worlds/environment-of.ts'
import { suiteWorld } from '../../worlds/suites/suite-world.ts'
import type { Suite } from '../../worlds/suites/suite-options.ts'

/** What one condition's policies do on one suite, as agents or as devices. */
export type InferredGoals = {
  readonly condition: string
  readonly suite: string
  readonly seeds: readonly { readonly seed: number; readonly posterior: AgencyPosterior }[]
}

/** Recorded episodes that are inferred from where a spec says nothing of it: as many as trained policies were told apart by. */
const enough = 64

/**
 * Decisions that one report infers from, tens of microseconds each: it is computed within seconds, also of a running experiment.
 * To plan for the goals of an episode takes as long as so many of its decisions. Of large experiments fewer episodes of every
 * policy are read.
 */
const mostDecisions = 600_000
const planning = 100

/** Of every condition and suite on which actions were recorded: whether the policies are agents, and which goals they pursue. */
export function inferGoals(conditions: readonly GatheredCondition[]): readonly InferredGoals[] {
  const recorded = conditions.flatMap((condition) =>
    condition.options.suites.map(({ name }) => gatherSuite(condition, name)),
  )
  const all = recorded.flatMap(({ seeds }) => seeds.flatMap(({ episodes }) => episodes))
  const read = Math.min(1, mostDecisions / all.reduce((sum, { actions }) => sum + planning + actions.length, 0))
  return recorded.map((one) => inferCondition(one, read)).filter(({ seeds }) => seeds.length > 0)
}

/**
 * By seed: the goal that a policy pursues with at least this probability, where that is neither the intended one nor the
 * proxy nor a blend of them; null elsewhere.
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

/** What one condition's policies did on one suite, as far as it is inferred from. */
type Recorded = {
  readonly condition: string
  readonly options: RlShiftOptions
  readonly files: EvidenceFiles
  readonly suite: string
  readonly seeds: readonly { readonly seed: number; readonly episodes: Episodes }[]
}

function gatherSuite({ evidence, options, files }: GatheredCondition, suite: string): Recorded {
  const trajectories = options.analysis?.agency.trajectories ?? enough
  const name = artifactNames.keptEpisodes(suite, options.evaluation.acting[0])
  const seeds = evidence.runs.flatMap((run) => {
    const kept = files.episodes(finalEvaluation(run), name)
    return kept === null ? [] : [{ seed: run.seed, episodes: kept.episodes.slice(0, trajectories) }]
  })
  return { condition: evidence.name, options, files, suite, seeds }
}

/** @param read share of the episodes that are read: of each seed the first ones */
function inferCondition({ seeds, ...recorded }: Recorded, read: number): InferredGoals {
  const { condition, suite } = recorded
  const inferred = seeds.flatMap(({ seed, episodes }) => {
    const posterior = inferFrom(episodes.slice(0, Math.ceil(read * episodes.length)), recorded)
    return posterior === null ? [] : [{ seed, posterior }]
  })
  return { condition, suite, seeds: inferred }
}

function inferFrom(
  episodes: Episodes,
  { options, suite: name, files }: Omit<Recorded, 'seeds'>,
): AgencyPosterior | null {
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
