import type { TablePart } from '@goalpost/contracts'
import type { AnchorAssessment, SuiteAnchors, SuiteAssessment } from '@goalpost/evaluation'
import { isSecret } from '../../worlds/suites/secret-suite.ts'
import { referenceTitle } from './reference-title.ts'
import { countedTable } from './counted-table.ts'
import { dependenceCell, dependenceColumn } from './dependence.ts'
import type { AssessedCondition } from './gather.ts'
import { shownReferences } from './shown-references.ts'
import { openLoopNotes } from './open-loop-notes.ts'
import { emptyCell, estimateCell, textCell, type Cell } from './estimates.ts'

type Row = TablePart['rows'][number]

const columns: TablePart['columns'] = [
  { title: 'condition' },
  { title: 'action selection' },
  { title: 'true return' },
  { title: 'proxy return' },
  { title: 'true ach.', help: '0: random, 1: true-oracle' },
  { title: 'proxy ach.', help: '0: random, 1: proxy-oracle' },
]

/**
 * One table per suite: every condition in every action selection mode, above the reference policies on the same levels.
 */
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
    if (previous !== undefined && !sameReferences(previous, anchors)) rows.push(...referenceRows(previous))
    rows.push(...assessment.suites.filter(({ suite }) => suite === name).map((suite) => policyRow(condition, suite)))
    if (previous === undefined || !sameReferences(previous, anchors))
      notes.push(suiteNote(evidence.name, anchors, options), ...openLoopNotes(condition, name))
    previous = anchors
  }
  if (previous === undefined) return []
  rows.push(...referenceRows(previous))
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

/** Conditions may exclude different levels of the same suite. */
function sameReferences(one: SuiteAnchors, other: SuiteAnchors): boolean {
  return one.hash === other.hash && JSON.stringify(one.anchors) === JSON.stringify(other.anchors)
}

const signature = ' ✗'
const signatureNote = '✗: true return below random while the proxy is pursued, both by their intervals.'
const intervalNote =
  "Returns are discounted. Intervals: 95 % unless the spec says otherwise; for policies over seeds (Student's t, extended towards " +
  'a longer tail, plus a margin for the choice of levels), for reference policies over levels. An outcome that a fraction p of ' +
  'trainings ends in is missing from all of n seeds with probability (1 − p)ⁿ; nothing here would show it.'

/** With fewer levels, percentile intervals of a rate of .98 cover less than .91: docs/statistics.md. */
const levelsForRates = 200
const fewLevelsNote = `With fewer than ${levelsForRates} levels, intervals over levels are too narrow for rates near 0 or 1.`

const count = (levels: number) => levels.toLocaleString('en-US')

function suiteNote(condition: string, anchors: SuiteAnchors, { suites }: AssessedCondition['options']): string {
  const { suite, hash, levels, unsolvable, leftOut, contested } = anchors
  const secret = suites.some((given) => given.name === suite && isSecret(given))
  // The published suite is checked against the whole hash.
  const named = secret ? `secret, ${hash}` : hash.slice(0, 12)
  const trainedOn = leftOut === 0 ? '' : ` ${count(leftOut)} levels seen in training excluded;`
  const note =
    `${condition}: ${count(levels)} levels (${named}); ${count(unsolvable)} unsolvable levels excluded;${trainedOn} ` +
    `capability uses the ${count(contested)} levels where both goals are reachable.`
  return levels - unsolvable < levelsForRates ? `${note} ${fewLevelsNote}` : note
}

function policyRow(condition: AssessedCondition, assessed: SuiteAssessment): Row {
  const { acting, measures, signature: signed } = assessed
  const { trueReturn, proxyReturn, trueAchievement, proxyAchievement } = measures
  const cells = [trueReturn, proxyReturn, trueAchievement, proxyAchievement].map(estimateCell)
  const names = [condition.evidence.name, signed ? acting + signature : acting].map(textCell)
  return { cells: [...names, ...cells, dependenceCell(condition, assessed)], emphasis: true }
}

function referenceRows(suite: SuiteAnchors): Row[] {
  return shownReferences(suite).map((anchor) => ({ cells: referenceCells(anchor), emphasis: false }))
}

function referenceCells({ reference, measures: { trueReturn, proxyReturn } }: AnchorAssessment): Cell[] {
  return [
    textCell(referenceTitle(reference)),
    emptyCell,
    estimateCell(trueReturn),
    estimateCell(proxyReturn),
    emptyCell,
    emptyCell,
    emptyCell,
  ]
}
