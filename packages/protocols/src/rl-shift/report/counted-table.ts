import type { TablePart } from '@goalpost/contracts'
import type { CountedEstimate } from '@goalpost/evaluation'
import { anchorTitle } from './anchor-title.ts'
import { shownAnchors } from './shown-anchors.ts'
import type { AssessedCondition } from './gather.ts'
import { emptyCell, estimateCell, textCell } from './estimates.ts'

type Row = TablePart['rows'][number]

/** What the environment measures beside the returns, on one suite: a column for each measure. Nothing without any. */
export function countedTable(name: string, conditions: readonly AssessedCondition[]): TablePart[] {
  const policies = conditions.flatMap(({ evidence, assessment }) =>
    (assessment?.suites ?? [])
      .filter(({ suite }) => suite === name)
      .map(({ acting, counted }) => ({ condition: evidence.name, acting, counted })),
  )
  const [first] = policies
  if (first === undefined || first.counted.length === 0) return []
  return [
    {
      type: 'table',
      title: `Measures on suite ${name}`,
      columns: [
        { title: 'condition' },
        { title: 'acting' },
        ...first.counted.map((measure) => ({ title: measure.name, help: measure.description })),
      ],
      rows: [
        ...policies.map(({ condition, acting, counted }): Row => ({
          cells: [textCell(condition), textCell(acting), ...estimateCells(counted)],
          emphasis: true,
        })),
        ...anchorRows(name, conditions),
      ],
      notes: [],
    },
  ]
}

/** The reference policies on the suite of the first condition that has one. */
function anchorRows(name: string, conditions: readonly AssessedCondition[]): Row[] {
  const suite = conditions
    .flatMap(({ assessment }) => assessment?.anchors ?? [])
    .find((candidate) => candidate.suite === name)
  return (suite === undefined ? [] : shownAnchors(suite)).map(({ reference, counted }) => ({
    cells: [textCell(anchorTitle(reference)), emptyCell, ...estimateCells(counted)],
    emphasis: false,
  }))
}

const estimateCells = (counted: readonly CountedEstimate[]) => counted.map(({ estimate }) => estimateCell(estimate))
