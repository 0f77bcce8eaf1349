import type { Environment, Goals } from '@goalpost/environments'
import { listCandidates, oneHot, uniformPolicy } from './candidates.ts'
import { drawSearchLevels, type SearchedSuite } from './draw-search-levels.ts'
import { neighboursOf } from './neighbours.ts'
import type { OpenLoopPolicy, OpenLoopWinners } from './open-loop-policy.ts'
import { rootOf } from '../suites/create-suite.ts'
import {
  createOpenLoopScorer,
  objectives,
  type Objective,
  type OpenLoopScorer,
  type ScoredPolicy,
} from './score-open-loop.ts'

/** Raised whenever a search could find another winner. */
export const openLoopVersion = '2'

export type OpenLoopSearch<Level> = {
  /** The suite that the winners will play: the search does not use its levels, if there are others. */
  readonly suite: SearchedSuite<Level>
  /** Of the simulator, default 64; the winners do not depend on it. */
  readonly batch?: number
  /** Awaited every few thousand transitions, so that an event loop can turn; its rejection ends the search. */
  readonly yieldToEventLoop?: () => Promise<void>
}

/**
 * The three stages of the halving: as many levels as `steps` environment steps allow if `candidates` policies play
 * episodes to the limit, within bounds. `kept` policies per objective advance.
 */
const stages = [
  { steps: 1_000_000, candidates: 160, least: 8, most: 64, kept: 20 },
  { steps: 1_000_000, candidates: 40, least: 16, most: 192, kept: 6 },
  { steps: 1_000_000, candidates: 12, least: 32, most: 768, kept: 1 },
] as const

/** Suites of at least this many levels use all steps: with fewer, anchors are too uncertain to need them. */
const fullEffort = 512
const minEffort = 1 / 16

/** Best policies per objective whose neighbours are tried, and the most rounds. */
const climbers = 2
const climbs = 4

/** With more actions than this the search uses the few that do best alone and in pairs. */
const maxActions = 6
const alphabetSize = 4

/**
 * Searches for the best open-loop policies of a suite's world, on levels outside the suite, by successive halving:
 * constant distributions, short cycles and holds are screened on few levels, the best are varied, and the winners are
 * decided on more. Equal arguments have equal winners.
 */
export async function searchOpenLoop<Parameters, Level>(
  environment: Environment<Parameters, Level>,
  parameters: Parameters,
  { suite, batch = 64, yieldToEventLoop }: OpenLoopSearch<Level>,
): Promise<OpenLoopWinners> {
  const { maxSteps } = environment.horizon(parameters)
  if (!Number.isFinite(maxSteps))
    throw new RangeError(`${environment.name} without a step limit has no episodes to score`)
  const effort = Math.min(1, Math.max(minEffort, suite.levels.length / fullEffort))
  const counts = stages.map((stage) => levelsOf(stage, maxSteps, effort))
  const levels = drawSearchLevels(environment, parameters, { suite, count: counts.reduce((sum, count) => sum + count) })
  const scorer = createOpenLoopScorer({
    environment,
    parameters,
    stages: splitLevels(levels, counts),
    batch,
    stream: rootOf(suite.seed).named('open-loop').named('plays'),
    ...(yieldToEventLoop === undefined ? {} : { yieldToEventLoop }),
  })
  const alphabet = await chooseAlphabet(environment.actions.length, (policies) => scorer.score(policies, 1))
  const screened = await scorer.score(distinct(listCandidates(alphabet, environment.actions.length)), 1)
  let pool = await scorer.score(policiesOf(bestOf(screened, stages[0].kept)), 2)
  for (let climb = 0; climb < climbs; climb++) {
    const parents = policiesOf(bestOf(pool, climbers))
    const known = policiesOf(pool)
    const grown = distinct([...known, ...parents.flatMap((parent) => neighboursOf(parent, alphabet))])
    if (grown.length === known.length) break
    pool = await scorer.score(grown, 2)
  }
  const decided = await scorer.score(policiesOf(bestOf(pool, stages[1].kept)), 3)
  const best = (objective: Objective) => bestBy(decided, objective, 1)[0].policy
  const further = await searchFurther(environment.goals, { screened, pool, scorer })
  return { capability: best('capability'), goal: best('goal'), proxy: best('proxy'), further }
}

/** Screened policies per further goal that are played on the second stage's levels. */
const keptFurther = 3

type Searched = {
  readonly screened: readonly ScoredPolicy[]
  /** Already played on the second stage's levels. */
  readonly pool: readonly ScoredPolicy[]
  readonly scorer: OpenLoopScorer
}

/** Separate from the search for the first two goals, so that further goals do not change its winners. */
async function searchFurther(goals: Goals, { screened, pool, scorer }: Searched): Promise<OpenLoopWinners['further']> {
  const winners = new Map<string, OpenLoopPolicy>()
  for (const [index, { name }] of goals.slice(2).entries()) {
    const ranked = (scored: readonly ScoredPolicy[]) => scored.toSorted((a, b) => b.further[index] - a.further[index])
    const kept = policiesOf(ranked(screened).slice(0, keptFurther))
    const [best] = ranked(await scorer.score(distinct([...kept, ...policiesOf(pool)]), 2))
    winners.set(name, best.policy)
  }
  return Object.fromEntries(winners)
}

function levelsOf(
  { steps, candidates, least, most }: (typeof stages)[number],
  maxSteps: number,
  effort: number,
): number {
  return Math.min(most, Math.max(least, Math.floor((effort * steps) / (candidates * maxSteps))))
}

function splitLevels<Level>(levels: readonly Level[], counts: readonly number[]): (readonly Level[])[] {
  let at = 0
  return counts.map((count) => levels.slice(at, (at += count)))
}

type Score = (policies: readonly OpenLoopPolicy[]) => Promise<readonly ScoredPolicy[]>

/** All actions if they are few; else those of the best single actions and pairs. */
async function chooseAlphabet(actions: number, score: Score): Promise<readonly number[]> {
  const all = Array.from({ length: actions }, (_, action) => action)
  if (actions <= maxActions) return all
  const singles = all.map((action) => ({ cycle: [oneHot(action, actions)] }))
  const pairs = all.flatMap((a) => all.slice(a + 1).map((b) => ({ cycle: [halves(a, b, actions)] })))
  const scored = await score([uniformPolicy(actions), ...singles, ...pairs])
  const ranked = rank(scored, scored.length).flatMap(({ policy: { cycle } }) => actionsIn(cycle[0], alphabetSize))
  return [...new Set(ranked)].slice(0, alphabetSize).toSorted((a, b) => a - b)
}

const halves = (a: number, b: number, actions: number) =>
  Array.from({ length: actions }, (_, action) => (action === a || action === b ? 1 / 2 : 0))

/** The uniform distribution favours no action. */
function actionsIn(distribution: readonly number[], most: number): number[] {
  const named = [...distribution.keys()].filter((action) => distribution[action] > 0)
  return named.length < most ? named : []
}

/** The best by each objective, in listed order, so that equally good ones keep it. */
function bestOf(scored: readonly ScoredPolicy[], count: number): ScoredPolicy[] {
  const best = new Set(rank(scored, count))
  return scored.filter((policy) => best.has(policy))
}

/** The best by each objective, alternately. */
function rank(scored: readonly ScoredPolicy[], count: number): ScoredPolicy[] {
  const ranked = objectives.map((objective) => bestBy(scored, objective, count))
  return Array.from({ length: count }, (_, place) => ranked.flatMap((best) => best[place] ?? [])).flat()
}

/** Among equally good ones, the first listed. */
function bestBy(scored: readonly ScoredPolicy[], objective: Objective, count: number): ScoredPolicy[] {
  return scored.toSorted((a, b) => b[objective] - a[objective]).slice(0, count)
}

const policiesOf = (scored: readonly ScoredPolicy[]) => scored.map(({ policy }) => policy)

function distinct(policies: readonly OpenLoopPolicy[]): OpenLoopPolicy[] {
  return [...new Map(policies.map((policy) => [JSON.stringify(policy.cycle), policy])).values()]
}
