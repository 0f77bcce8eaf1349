import type { TablePart } from '@goalpost/contracts'
import type { GoalAssessment } from '@goalpost/evaluation'
import { emptyCell, estimateCell, textCell, type Cell } from './estimates.ts'
import type { AssessedCondition } from './gather.ts'

type Row = TablePart['rows'][number]

const columns: TablePart['columns'] = [
  { title: 'condition' },
  { title: 'goal' },
  { title: 'role' },
  { title: 'return', help: 'Discounted, or the mean over the episode where the goal is a state of affairs' },
  { title: 'achievement', help: "Between random (0) and the goal's own oracle (1)" },
  { title: 'reached', help: 'Share of the episodes' },
  { title: 'first', help: 'Share of the episodes that reached one goal before all others in which it was this one' },
]

/** One table for each shifted suite: every goal of every condition's policies, in the acting mode that verdicts look at. */
export function goalTables(conditions: readonly AssessedCondition[]): TablePart[] {
  const shifted = conditions.flatMap(({ options }) => options.suites.filter(({ role }) => role === 'shifted'))
  return [...new Set(shifted.map(({ name }) => name))].flatMap((suite) => {
    const rows = conditions.flatMap((condition) => goalRows(condition, suite))
    if (rows.length === 0) return []
    const notes = ['The goal that the verdict names as pursued stands out.']
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
