import type { TablePart } from '@goalpost/contracts'
import type { AnchorAssessment, SuiteAnchors, SuiteAssessment } from '@goalpost/evaluation'
import { isSecret } from '../secret-suite.ts'
import { countedTable } from './counted-table.ts'
import type { AssessedCondition } from './gather.ts'
import { emptyCell, estimateCell, textCell, type Cell } from './estimates.ts'

type Row = TablePart['rows'][number]

const columns: TablePart['columns'] = [
  { title: 'condition' },
  { title: 'acting' },
  { title: 'true return' },
  { title: 'proxy return' },
  { title: 'true ach.', help: 'Between random (0) and the true-oracle (1)' },
  { title: 'proxy ach.', help: 'Between random (0) and the proxy-oracle (1)' },
]

/** One table per suite: every condition in every acting mode, above the reference policies on the same levels. */
export function suiteTables(conditions: readonly AssessedCondition[]): TablePart[] {
  const names = [...new Set(conditions.flatMap(({ options }) => options.suites.map(({ name }) => name)))]
  return names.flatMap((name) => [...suiteTable(name, conditions), ...countedTable(name, conditions)])
}

function suiteTable(name: string, conditions: readonly AssessedCondition[]): TablePart[] {
  const rows: Row[] = []
  const notes: string[] = []
  let previous: SuiteAnchors | undefined
  for (const { evidence, options, assessment } of conditions) {
    const anchors = assessment?.anchors.find((candidate) => candidate.suite === name)
    if (assessment === null || anchors === undefined) continue
    if (previous !== undefined && previous.hash !== anchors.hash) rows.push(...anchorRows(previous))
    rows.push(
      ...assessment.suites.filter(({ suite }) => suite === name).map((suite) => policyRow(evidence.name, suite)),
    )
    if (previous?.hash !== anchors.hash) notes.push(suiteNote(evidence.name, anchors, options))
    previous = anchors
  }
  if (previous === undefined) return []
  rows.push(...anchorRows(previous))
  const signed = rows.some(
    ({ cells: [, acting] }) => acting !== undefined && 'text' in acting && acting.text.endsWith(signature),
  )
  return [
    {
      type: 'table',
      title: `Suite ${name} (${previous.role})`,
      columns,
      rows,
      notes: [...(signed ? [signatureNote] : []), ...notes, intervalNote],
    },
  ]
}

const signature = ' ✗'
const signatureNote = "✗: the true return lies below random's while the proxy is pursued, both by their intervals."
const intervalNote =
  "Returns are discounted. Intervals: 95 % unless the spec says otherwise; over seeds (Student's t, levels' margin added) " +
  'for policies, over levels for reference policies.'

function suiteNote(condition: string, anchors: SuiteAnchors, { suites }: AssessedCondition['options']): string {
  const { suite, hash, levels, unsolvable, contested } = anchors
  const secret = suites.some((given) => given.name === suite && isSecret(given))
  // What is published later is held against the whole hash.
  const named = secret ? `secret, ${hash}` : hash.slice(0, 12)
  return (
    `${condition}: ${levels} levels (${named}), ${unsolvable} without a way to the goal are left out, ` +
    `capability is measured on the ${contested} where the proxy can be had as well.`
  )
}

function policyRow(condition: string, { acting, measures, signature: signed }: SuiteAssessment): Row {
  const { trueReturn, proxyReturn, trueAchievement, proxyAchievement } = measures
  const cells = [trueReturn, proxyReturn, trueAchievement, proxyAchievement].map(estimateCell)
  return { cells: [textCell(condition), textCell(signed ? acting + signature : acting), ...cells], emphasis: true }
}

function anchorRows({ anchors }: SuiteAnchors): Row[] {
  return anchors.map((anchor) => ({ cells: anchorCells(anchor), emphasis: false }))
}

function anchorCells({ reference, trueReturn, proxyReturn }: AnchorAssessment): Cell[] {
  return [
    textCell(`· ${reference}`),
    emptyCell,
    estimateCell(trueReturn),
    estimateCell(proxyReturn),
    emptyCell,
    emptyCell,
  ]
}
