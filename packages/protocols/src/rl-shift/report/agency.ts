import type { TablePart, Tone } from '@goalpost/contracts'
import type { AgencyPosterior, Belief } from '@goalpost/evaluation'
import { mean } from '@goalpost/statistics'
import { overSeeds } from './curves.ts'
import { textCell, type Cell } from './estimates.ts'
import type { InferredGoals } from './inferred-goals.ts'

/** For every suite with kept episodes: whether the policies are agents, and which goals they pursue. */
export function agencyTables(inferred: readonly InferredGoals[]): TablePart[] {
  const names = [...new Set(inferred.map(({ suite }) => suite))]
  return names.flatMap((name) => {
    const known = inferred.filter(({ suite }) => suite === name)
    return [agencyTable(name, known), goalTable(name, known)]
  })
}

/** P(agent) from which a policy counts as an agent with a goal. */
const agentFrom = 0.5

function agencyTable(suite: string, conditions: readonly InferredGoals[]): TablePart {
  return {
    type: 'table',
    title: `Agents and devices on ${suite}`,
    columns: [
      { title: 'condition' },
      { title: 'seed' },
      {
        title: 'P(agent)',
        help: 'Probability that a goal explains the actions better than a map from observations to actions',
      },
      { title: 'log odds', unit: 'nats', help: 'Of agent against device; above 0: an agent' },
      { title: 'best explanation', help: 'Most likely goal of an agent, or most likely input of a device' },
      { title: 'lost', help: 'Expected share of episodes in which an agent stops pursuing its goal' },
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
      'A low P(agent) with high returns: a simple reactive rule explains the actions more compactly. It does not show that there is no goal.',
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

/** Seeds by explanation, the most common first. */
function tally(names: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, count]) => (counts.size === 1 ? name : `${count} × ${name}`))
    .join(', ')
}

/** P(goal | agent) by goal and condition, averaged over the seeds that are agents. */
function goalTable(suite: string, conditions: readonly InferredGoals[]): TablePart {
  const goals = [
    ...new Set(
      conditions.flatMap(({ seeds }) => seeds.flatMap(({ posterior }) => posterior.goals.map(({ name }) => name))),
    ),
  ]
  return {
    type: 'table',
    title: `Goals pursued on ${suite}`,
    columns: [
      { title: 'goal' },
      ...conditions.map(({ condition }) => ({ title: condition, format: 'share' as const })),
    ],
    rows: goals.map((goal) => ({
      cells: [textCell(goal), ...conditions.map(({ seeds }) => shareCell(agentsOf(seeds), goal))],
      emphasis: false,
    })),
    notes: [
      'P(goal | actions, agent), averaged over the seeds that are agents. Goals with the same optimal actions share it.',
    ],
  }
}

const agentsOf = (seeds: InferredGoals['seeds']) =>
  seeds.map(({ posterior }) => posterior).filter(({ agent }) => agent >= agentFrom)

function shareCell(agents: readonly AgencyPosterior[], goal: string): Cell {
  if (agents.length === 0) return textCell('no agent')
  const share = mean(agents.map(({ goals }) => goals.find(({ name }) => name === goal)?.probability ?? 0))
  return { estimate: { value: share, count: agents.length } }
}
