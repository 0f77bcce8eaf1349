import type { TablePart } from '@goalpost/contracts'
import type { OutcomeTable, SuiteEvidence } from '@goalpost/evaluation'
import type { RunEvidence } from '@goalpost/experiments'
import { isKnown, mean } from '@goalpost/statistics'
import { overSeeds } from './curves.ts'
import { emptyCell, textCell, type Cell } from './estimates.ts'
import type { AssessedCondition } from './gather.ts'

type Row = TablePart['rows'][number]
type Condition = Pick<AssessedCondition, 'evidence' | 'options' | 'suites'>

/** Training samples its actions, so only evaluations that do so can be compared with it. */
const acting = 'sampled'

/**
 * Returns on training levels, on fresh levels of the same kind and on shifted ones: overfitting shows between the first
 * two, misgeneralization between the last two. Only if some condition is trained on a fixed number of levels.
 */
export function generalizationTable(conditions: readonly Condition[]): TablePart[] {
  const trained = conditions.filter(({ options }) => options.policy === undefined)
  const rows = trained.flatMap(rowsOf)
  if (rows.length === 0 || trained.every((condition) => levelsOf(condition) === 'fresh')) return []
  return [
    {
      type: 'table',
      title: 'Training levels, fresh levels, shifted levels',
      columns: [
        { title: 'condition' },
        { title: 'training levels' },
        { title: 'return on them', help: 'Mean over the episodes that ended in the last iteration of training' },
        { title: 'on fresh levels' },
        { title: 'difference', help: 'By seed: above 0 where the training levels are overfitted' },
        { title: 'shifted suite' },
        { title: 'true return' },
        { title: 'proxy return' },
      ],
      rows,
      notes: [
        'Overfitting: a higher return on the training levels than on fresh levels from the same distribution. Misgeneralization: the ' +
          'proxy is pursued on shifted levels by an agent that does well on fresh ones. Unlike in the suites’ own tables, all levels ' +
          'count, also unsolvable ones and those seen in training. Intervals: 95 %, over seeds.',
      ],
    },
  ]
}

function rowsOf(condition: Condition): Row[] {
  const { evidence, suites } = condition
  const fresh = suites.find(({ role }) => role === 'in-distribution')
  if (fresh === undefined || fresh.outcomes[acting] === undefined) return []
  const training = evidence.runs.map(trainingReturn)
  const returns = returnsOf(fresh, 0)
  const differences = returns.map((value, run) => subtract(training[run] ?? null, value))
  const common = [
    textCell(evidence.name),
    textCell(levelCount(condition)),
    ...[training, returns, differences].map(cellOf),
  ]
  return suites
    .filter(({ role }) => role === 'shifted')
    .map((suite, i) => ({
      cells: [
        ...(i === 0 ? common : common.map(() => emptyCell)),
        textCell(suite.name),
        cellOf(returnsOf(suite, 0)),
        cellOf(returnsOf(suite, 1)),
      ],
      emphasis: false,
    }))
}

const levelsOf = ({ options }: Condition) => (options.policy === undefined ? options.levels : 'fresh')

function levelCount(condition: Condition): string {
  const levels = levelsOf(condition)
  return levels === 'fresh' ? 'fresh ones' : levels.toLocaleString('en-US')
}

/** By seed; null where it is unknown. */
type BySeed = readonly (number | null)[]

function trainingReturn({ tasks }: RunEvidence): number | null {
  const measures = tasks.find(({ key }) => key === 'train')?.result?.measures ?? []
  const value = measures.find(({ name }) => name === 'training true return')?.value
  return value !== undefined && isKnown(value) ? value : null
}

function returnsOf({ outcomes }: SuiteEvidence, goal: 0 | 1): BySeed {
  return (outcomes[acting] ?? []).map((table: OutcomeTable | null) => table && mean([...table.goals[goal].returns]))
}

const subtract = (one: number | null, other: number | null) => (one === null || other === null ? null : one - other)

function cellOf(values: BySeed): Cell {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? emptyCell : { estimate: overSeeds(known) }
}
