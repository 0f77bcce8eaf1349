import type { TablePart } from '@goalpost/contracts'
import type { AnchorAssessment, SuiteAnchors, SuiteAssessment } from '@goalpost/evaluation'
import { isSecret } from '../../worlds/suites/secret-suite.ts'
import { anchorTitle } from './anchor-title.ts'
import { countedTable } from './counted-table.ts'
import { dependenceCell, dependenceColumn } from './dependence.ts'
import type { AssessedCondition } from './gather.ts'
import { shownAnchors } from './shown-anchors.ts'
import { openLoopNotes } from './open-loop-notes.ts'
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
  for (const condition of conditions) {
    const { evidence, options, assessment } = condition
    const anchors = assessment?.anchors.find((candidate) => candidate.suite === name)
    if (assessment === null || anchors === undefined) continue
    if (previous !== undefined && !sameAnchors(previous, anchors)) rows.push(...anchorRows(previous))
    rows.push(...assessment.suites.filter(({ suite }) => suite === name).map((suite) => policyRow(condition, suite)))
    if (previous === undefined || !sameAnchors(previous, anchors))
      notes.push(suiteNote(evidence.name, anchors, options), ...openLoopNotes(condition, name))
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
      columns: [...columns, dependenceColumn(conditions)],
      rows,
      notes: [...(signed ? [signatureNote] : []), ...notes, intervalNote],
    },
  ]
}

/** Levels may be the same, and others of them left out. */
function sameAnchors(one: SuiteAnchors, other: SuiteAnchors): boolean {
  return one.hash === other.hash && JSON.stringify(one.anchors) === JSON.stringify(other.anchors)
}

const signature = ' ✗'
const signatureNote = "✗: the true return lies below random's while the proxy is pursued, both by their intervals."
const intervalNote =
  "Returns are discounted. Intervals: 95 % unless the spec says otherwise; over seeds (Student's t, reaching further towards a " +
  "longer tail, levels' margin added) for policies, over levels for reference policies. A kind of policy that a fraction p of " +
  'trainings ends in is missing from all of n seeds with probability (1 − p)ⁿ, and nothing here would show it.'

/** Of fewer levels percentiles of a rate of .98 cover less than .91: docs/statistics.md. */
const levelsForRates = 200
const fewLevelsNote =
  `On fewer than ${levelsForRates} levels, intervals over levels are too narrow for what happens on nearly all of them or on ` +
  'hardly any.'

function suiteNote(condition: string, anchors: SuiteAnchors, { suites }: AssessedCondition['options']): string {
  const { suite, hash, levels, unsolvable, leftOut, contested } = anchors
  const secret = suites.some((given) => given.name === suite && isSecret(given))
  // What is published later is held against the whole hash.
  const named = secret ? `secret, ${hash}` : hash.slice(0, 12)
  const trainedOn = leftOut === 0 ? '' : ` so are ${leftOut} others that were trained on,`
  const note =
    `${condition}: ${levels} levels (${named}), ${unsolvable} without a way to the goal are left out,${trainedOn} ` +
    `capability is measured on the ${contested} where the proxy can be had as well.`
  return levels - unsolvable < levelsForRates ? `${note} ${fewLevelsNote}` : note
}

function policyRow(condition: AssessedCondition, assessed: SuiteAssessment): Row {
  const { acting, measures, signature: signed } = assessed
  const { trueReturn, proxyReturn, trueAchievement, proxyAchievement } = measures
  const cells = [trueReturn, proxyReturn, trueAchievement, proxyAchievement].map(estimateCell)
  const names = [condition.evidence.name, signed ? acting + signature : acting].map(textCell)
  return { cells: [...names, ...cells, dependenceCell(condition, assessed)], emphasis: true }
}

function anchorRows(suite: SuiteAnchors): Row[] {
  return shownAnchors(suite).map((anchor) => ({ cells: anchorCells(anchor), emphasis: false }))
}

function anchorCells({ reference, trueReturn, proxyReturn }: AnchorAssessment): Cell[] {
  return [
    textCell(anchorTitle(reference)),
    emptyCell,
    estimateCell(trueReturn),
    estimateCell(proxyReturn),
    emptyCell,
    emptyCell,
    emptyCell,
  ]
}
