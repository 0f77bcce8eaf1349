import type { TablePart } from '@goalpost/contracts'
import type { CountedEstimate } from '@goalpost/evaluation'
import { referenceTitle } from './reference-title.ts'
import { shownReferences } from './shown-references.ts'
import type { AssessedCondition } from './gather.ts'
import { emptyCell, estimateCell, textCell } from './estimates.ts'

type Row = TablePart['rows'][number]

/** The environment's own measures on one suite, one column each; no table where it has none. */
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
        { title: 'action selection' },
        ...first.counted.map((measure) => ({ title: measure.name, help: measure.description })),
      ],
      rows: [
        ...policies.map(({ condition, acting, counted }): Row => ({
          cells: [textCell(condition), textCell(acting), ...estimateCells(counted)],
          emphasis: true,
        })),
        ...referenceRows(name, conditions),
      ],
      notes: [],
    },
  ]
}

/** The reference policies on the suite of the first condition that has one. */
function referenceRows(name: string, conditions: readonly AssessedCondition[]): Row[] {
  const suite = conditions
    .flatMap(({ assessment }) => assessment?.anchors ?? [])
    .find((candidate) => candidate.suite === name)
  return (suite === undefined ? [] : shownReferences(suite)).map(({ reference, counted }) => ({
    cells: [textCell(referenceTitle(reference)), emptyCell, ...estimateCells(counted)],
    emphasis: false,
  }))
}

const estimateCells = (counted: readonly CountedEstimate[]) => counted.map(({ estimate }) => estimateCell(estimate))
