import type { TablePart, Tone } from '@goalpost/contracts'
import { inferAgency, mean, type AgencyPosterior, type Belief } from '@goalpost/evaluation'
import { artifactNames } from '../artifact-names.ts'
import { environmentOf } from '../complete.ts'
import { suiteWorld } from '../plan.ts'
import { decodeTrajectories, type RecordedTrajectories } from '../recorded-trajectories.ts'
import type { RlShiftOptions, Suite } from '../spec.ts'
import { overSeeds } from './curves.ts'
import { textCell, type Cell } from './estimates.ts'
import { finalEvaluation, readArtifact, type Artifacts, type AssessedCondition } from './gather.ts'

/** What one condition's policies do on one suite, as agents or as devices. */
type Inferred = {
  readonly condition: string
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

/** Of every suite on which actions were recorded: whether the policies are agents, and which goals they pursue. */
export function agencyTables(conditions: readonly AssessedCondition[], artifacts: Artifacts): TablePart[] {
  const names = [...new Set(conditions.flatMap(({ options }) => options.suites.map(({ name }) => name)))]
  const recorded = conditions.flatMap((condition) => names.map((name) => gatherSuite(condition, name, artifacts)))
  const all = recorded.flatMap(({ seeds }) => seeds.flatMap(({ episodes }) => episodes))
  const read = Math.min(1, mostDecisions / all.reduce((sum, { actions }) => sum + planning + actions.length, 0))
  return names.flatMap((name) => {
    const inferred = recorded.filter(({ suite }) => suite === name).map((one) => inferCondition(one, read))
    const known = inferred.filter(({ seeds }) => seeds.length > 0)
    return known.length === 0 ? [] : [agencyTable(name, known), goalTable(name, known)]
  })
}

type Episodes = RecordedTrajectories['episodes']

/** What one condition's policies did on one suite, as far as it is inferred from. */
type Recorded = {
  readonly condition: string
  readonly options: RlShiftOptions
  readonly suite: string
  readonly seeds: readonly { readonly seed: number; readonly episodes: Episodes }[]
}

function gatherSuite({ evidence, options }: AssessedCondition, suite: string, artifacts: Artifacts): Recorded {
  const trajectories = options.analysis?.agency.trajectories ?? enough
  const name = artifactNames.trajectories(suite, options.evaluation.acting[0])
  const seeds = evidence.runs.flatMap((run) => {
    const bytes = readArtifact(finalEvaluation(run), name, artifacts)
    return bytes === null
      ? []
      : [{ seed: run.seed, episodes: decodeTrajectories(bytes).episodes.slice(0, trajectories) }]
  })
  return { condition: evidence.name, options, suite, seeds }
}

/** @param read share of the episodes that are read: of each seed the first ones */
function inferCondition({ condition, options, suite: name, seeds }: Recorded, read: number): Inferred {
  const suite = options.suites.find((candidate) => candidate.name === name)
  const inferred = seeds.flatMap(({ seed, episodes }) => {
    const posterior =
      suite === undefined ? null : inferFrom(episodes.slice(0, Math.ceil(read * episodes.length)), options, suite)
    return posterior === null ? [] : [{ seed, posterior }]
  })
  return { condition, seeds: inferred }
}

function inferFrom(episodes: Episodes, options: RlShiftOptions, suite: Suite): AgencyPosterior | null {
  const environment = environmentOf(options.environment)
  const { agency } = environment
  if (agency === undefined || episodes.length === 0) return null
  const { parameters } = suiteWorld(options, suite)
  return inferAgency({
    actions: environment.actions.length,
    goals: agency.candidates(parameters).map(({ name }) => name),
    views: agency.views.map(({ name }) => name),
    trajectories: episodes.map((episode) =>
      agency.decisions(parameters, environment.levelFromJson(parameters, episode.level), episode),
    ),
  })
}

/** Agents from here on, by their odds: what they pursue can be named. */
const agentFrom = 0.5

function agencyTable(suite: string, conditions: readonly Inferred[]): TablePart {
  return {
    type: 'table',
    title: `Agents and devices on ${suite}`,
    columns: [
      { title: 'condition' },
      { title: 'seed' },
      {
        title: 'P(agent)',
        help: 'That a goal explains the actions better than a map from what is seen to actions does',
      },
      { title: 'log odds', unit: 'nats', help: 'Of agent against device: above 0 for an agent' },
      { title: 'best explanation', help: 'The likeliest goal of an agent, the likeliest input of a device' },
      { title: 'lost', help: 'Share of episodes in which an agent would have lost its way' },
      { title: 'decisions' },
    ],
    rows: conditions.flatMap(({ condition, seeds }) => [
      {
        cells: [
          textCell(condition),
          textCell('all'),
          textCell(`${agentsOf(seeds).length} of ${seeds.length}`),
          { estimate: overSeeds(seeds.map(({ posterior }) => posterior.logOdds)) },
          ...[tally(seeds.map(({ posterior }) => explain(posterior).name)), '', ''].map(textCell),
        ],
        emphasis: true,
      },
      ...seeds.map(({ seed, posterior }) => ({ cells: seedCells(seed, posterior), emphasis: false })),
    ]),
    notes: [
      'Agents and devices (Orseau, McGregor & Legg 2018): a prior of ½ for each; goals, noise, lapses and inputs have equal weights.',
      'A low P(agent) beside high returns: some habit describes the actions more shortly, not that there is no goal.',
    ],
  }
}

function seedCells(seed: number, posterior: AgencyPosterior): Cell[] {
  const { name, probability } = explain(posterior)
  const tone: Tone = posterior.agent >= agentFrom ? 'neutral' : 'warning'
  return [
    textCell(''),
    textCell(String(seed)),
    { text: posterior.agent.toFixed(4), tone },
    textCell(posterior.logOdds.toFixed(1)),
    textCell(`${name} ${probability.toFixed(2)}`),
    textCell(posterior.lost.toFixed(2)),
    textCell(String(posterior.decisions)),
  ]
}

function explain({ agent, goals, devices }: AgencyPosterior): Belief {
  const [noun, beliefs] = agent >= agentFrom ? ['goal', goals] : ['device seeing', devices]
  const [best] = beliefs.toSorted((a, b) => b.probability - a.probability)
  return { name: `${noun}: ${best.name}`, probability: best.probability }
}

/** How many seeds have which explanation, the commonest first. */
function tally(names: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, count]) => (counts.size === 1 ? name : `${count} × ${name}`))
    .join(', ')
}

/** A bar for each goal and condition: belief in the goal, given an agent, averaged over the seeds that are one. */
function goalTable(suite: string, conditions: readonly Inferred[]): TablePart {
  const goals = [
    ...new Set(
      conditions.flatMap(({ seeds }) => seeds.flatMap(({ posterior }) => posterior.goals.map(({ name }) => name))),
    ),
  ]
  return {
    type: 'table',
    title: `Goals pursued on ${suite}`,
    columns: [{ title: 'goal' }, ...conditions.map(({ condition }) => ({ title: condition }))],
    rows: goals.map((goal) => ({
      cells: [textCell(goal), ...conditions.map(({ seeds }) => barCell(agentsOf(seeds), goal))],
      emphasis: false,
    })),
    notes: [
      'P(goal | actions, agent), the mean over the seeds that are agents. Goals that lead to the same actions share it.',
    ],
  }
}

const agentsOf = (seeds: Inferred['seeds']) =>
  seeds.map(({ posterior }) => posterior).filter(({ agent }) => agent >= agentFrom)

const barWidth = 12

function barCell(agents: readonly AgencyPosterior[], goal: string): Cell {
  if (agents.length === 0) return textCell('no agent')
  const share = mean(agents.map(({ goals }) => goals.find(({ name }) => name === goal)?.probability ?? 0))
  const full = Math.round(share * barWidth)
  return textCell(`${'█'.repeat(full)}${'░'.repeat(barWidth - full)} ${share.toFixed(2)}`)
}
