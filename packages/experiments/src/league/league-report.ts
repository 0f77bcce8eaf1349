import { isMissing, type Report, type SeriesPart, type TablePart } from '@goalpost/contracts'
import type { LeagueSlot } from '../ports/protocol.ts'
import { toEstimate } from '../search/search-parts.ts'
import { aggregateAt, profilesAt } from './aggregate-league.ts'
import { improvementNotes } from './describe-improvement.ts'
import type { League, LeagueCell } from './gather-league.ts'

type Cell = TablePart['rows'][number]['cells'][number]

const text = (value: string | number): Cell => ({ text: String(value) })
const none = text('–')

/** The tables of a league: what was found with each method, and each method over all experiments. */
export function leagueReport(league: League, slot: LeagueSlot): Report {
  const { experiments, methods, values } = league
  return {
    title: 'League table',
    summary:
      `${methods.length} methods in ${experiments.length} experiments, compared at ${values.length} values of ${league.over}. ` +
      'Intervals: 95 %, those of "better than" in one table together.',
    parts: [
      thresholdTable(league),
      ...values.map((value) => valueTable(league, slot, value)),
      ...values.map((value) => aggregateTable(league, value)),
      ...values.flatMap((value) => profilePart(league, value)),
    ],
  }
}

function thresholdTable({ over, thresholds, methods, leftOut }: League): TablePart {
  return {
    type: 'table',
    title: `Threshold of ${over}`,
    columns: [
      { title: 'experiment' },
      { title: 'method' },
      { title: 'threshold' },
      { title: 'values' },
      { title: 'runs' },
      { title: 'search', help: 'Why it ended' },
    ],
    rows: thresholds
      .filter(({ method }) => methods.includes(method))
      .map(({ experiment, method, finding, runs, end }) => ({
        cells: [
          text(experiment),
          text(method),
          thresholdCell(finding),
          text(finding.probes.length),
          text(runs),
          text(end),
        ],
        emphasis: false,
      })),
    notes: [
      'Smaller is better where less of the option is needed. How thresholds are found: docs/searches.md.',
      ...leftOut.map(({ method, reason }) => `Left out: ${method}: ${reason}.`),
    ],
  }
}

function thresholdCell(finding: League['thresholds'][number]['finding']): Cell {
  const { low, high } = finding.threshold
  const estimate = toEstimate(finding)
  if (estimate?.low !== undefined) return { estimate }
  if (low === null) return high === null ? none : text(`below ${high}`)
  return high === null ? text(`above ${low}`) : none
}

function valueTable({ over, cells, methods }: League, slot: LeagueSlot, value: number): TablePart {
  const own = cells.filter((cell) => cell.value === value && methods.includes(cell.method))
  const costs = [...new Set(own.flatMap((cell) => cell.costs.map(({ title }) => title)))]
  return {
    type: 'table',
    title: `Methods at ${over} = ${value}`,
    columns: [
      // In one column, which stays beside the others where the table is folded.
      { title: 'experiment, method' },
      { title: 'verdict' },
      ...slot.numbers.map(({ title }) => ({ title })),
      ...costs.map((title) => ({ title, help: 'Per run; mean over seeds' })),
    ],
    rows: own.map((cell) => ({ cells: valueCells(cell, slot, costs), emphasis: false })),
    notes: [],
  }
}

function valueCells(cell: LeagueCell, slot: LeagueSlot, costs: readonly string[]): Cell[] {
  const { experiment, method, verdict } = cell
  return [
    text(`${experiment}, ${method}`),
    verdict === null ? none : { text: verdictText(verdict), tone: verdict.tone },
    ...slot.numbers.map(({ key }): Cell => {
      const estimate = verdict?.numbers.find((number) => number.key === key)?.estimate
      return estimate === undefined || isMissing(estimate.value) ? none : { estimate }
    }),
    ...costs.map((title): Cell => {
      const cost = cell.costs.find((one) => one.title === title)
      return cost === undefined ? none : text(Math.round(cost.value).toLocaleString('en-US'))
    }),
  ]
}

function verdictText({ name, agreeing, total }: NonNullable<LeagueCell['verdict']>): string {
  return total === 0 ? 'not judged' : `${name} (${agreeing} of ${total})`
}

function aggregateTable(league: League, value: number): TablePart {
  const [baseline = ''] = league.methods
  return {
    type: 'table',
    title: `All experiments at ${league.over} = ${value}`,
    columns: [
      { title: 'method' },
      { title: `interquartile mean of ${league.score}`, help: 'Over experiments and seeds' },
      {
        title: `better than ${baseline}`,
        help: 'Probability that a run has a larger score, averaged over experiments',
      },
    ],
    rows: aggregateAt(league, value).map(({ method, middle, improvement }) => ({
      cells: [text(method), { estimate: middle }, improvement === null ? none : { estimate: improvement }],
      emphasis: false,
    })),
    notes: [
      'Interquartile means are as in Agarwal et al. (2021): runs are resampled within each experiment. With fewer than about ten runs their intervals are too narrow.',
      ...improvementNotes(league.methods.length - 1),
    ],
  }
}

function profilePart(league: League, value: number): SeriesPart[] {
  const lines = profilesAt(league, value).map(({ method, points }) => ({
    name: method,
    points: [...points],
    style: 'solid' as const,
  }))
  return [
    {
      type: 'series',
      title: `Performance profile at ${league.over} = ${value}`,
      x: { title: league.score, scale: 'linear' },
      y: { title: 'share of runs above', scale: 'linear' },
      lines,
      references: [],
      caption: 'Averaged over experiments; bands: 95 % bootstrap intervals.',
    },
  ]
}
