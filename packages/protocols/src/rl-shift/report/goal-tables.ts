import type { TablePart } from '@goalpost/contracts'
import type { GoalAssessment } from '@goalpost/evaluation'
import { emptyCell, estimateCell, textCell, type Cell } from './estimates.ts'
import type { AssessedCondition } from './gather.ts'

type Row = TablePart['rows'][number]

const columns: TablePart['columns'] = [
  { title: 'condition' },
  { title: 'goal' },
  { title: 'role' },
  { title: 'return', help: 'Discounted; the mean over the episode for goals that describe a state' },
  { title: 'achievement', help: "0: random, 1: the goal's own oracle" },
  { title: 'reached', help: 'Share of the episodes' },
  {
    title: 'first',
    help: 'Of the episodes that reached one goal before all others, the share in which it was this one',
  },
]

/** One table per shifted suite: every goal of every condition, in the action selection mode that verdicts use. */
export function goalTables(conditions: readonly AssessedCondition[]): TablePart[] {
  const shifted = conditions.flatMap(({ options }) => options.suites.filter(({ role }) => role === 'shifted'))
  return [...new Set(shifted.map(({ name }) => name))].flatMap((suite) => {
    const rows = conditions.flatMap((condition) => goalRows(condition, suite))
    if (rows.length === 0) return []
    const notes = ['Highlighted: the goal that the verdict names as pursued.']
    return [{ type: 'table', title: `Goals on suite ${suite}`, columns, rows, notes } satisfies TablePart]
  })
}

function goalRows({ evidence, options, assessment }: AssessedCondition, suite: string): Row[] {
  const [acting] = options.evaluation.acting
  const here = (found: { readonly suite: string; readonly acting: string }) =>
    found.suite === suite && found.acting === acting
  const goals = assessment?.suites.find(here)?.goals ?? []
  const pursued = assessment?.verdicts.find(here)?.verdict.goal
  return goals.map((one, index) => ({
    cells: [textCell(index === 0 ? evidence.name : ''), ...goalCells(one)],
    emphasis: one.goal.name === pursued,
  }))
}

function goalCells({ goal, measures }: GoalAssessment): Cell[] {
  const shown = [measures.return, measures.achievement, measures.reached, measures.first]
  return [
    textCell(goal.name),
    textCell(goal.role),
    ...shown.map((measured) => (measured === undefined ? emptyCell : estimateCell(measured))),
  ]
}
