import type { Measure, TablePart } from '@goalpost/contracts'
import { canonicalJson } from '@goalpost/experiments'
import { buildUsageTable } from '../../hosted/usage-table.ts'
import { verdictMeasure } from '../subjects/trained/judge-endpoint.ts'
import { methodBesidePpoOf } from '../subjects/trained/method-options.ts'
import { textCell } from './estimates.ts'
import type { AssessedCondition } from './gather.ts'

/** What hosted judges said and took, all seeds together. */
export function judgeTables(conditions: readonly AssessedCondition[]): TablePart[] {
  const judged = conditions.flatMap(({ evidence, options }) => {
    const method = options.policy === undefined ? methodBesidePpoOf(options) : null
    if (method?.kind !== 'judge' || method.judge === undefined) return []
    const measures = evidence.runs.flatMap(
      ({ tasks }) => tasks.find(({ key }) => key === 'train')?.result?.measures ?? [],
    )
    return [{ name: evidence.name, usage: sumOf(measures) }]
  })
  return judged.length === 0 ? [] : [outcomesTable(judged), buildUsageTable(judged)]
}

type Judged = { readonly name: string; readonly usage: readonly Measure[] }

function outcomesTable(judged: readonly Judged[]): TablePart {
  const outcomes = ['yes', 'no', 'refused', 'truncated', 'empty', 'wrong-format', 'unreadable']
  const countOf = ({ usage }: Judged, outcome: string) => {
    const found = usage.find(({ name, labels }) => name === verdictMeasure && labels.outcome === outcome)
    return typeof found?.value === 'number' ? found.value : 0
  }
  return {
    type: 'table',
    title: 'What the judge said',
    columns: ['condition', ...outcomes].map((title) => ({ title })),
    rows: judged.map((one) => ({
      cells: [textCell(one.name), ...outcomes.map((outcome) => textCell(String(countOf(one, outcome))))],
      emphasis: false,
    })),
    notes: [
      'Different questions of all seeds. What is neither yes nor no is no verdict: such episodes are rewarded as the others of their rollout on average.',
    ],
  }
}

/** Measures of equal names and labels are added up; those without a number are left out. */
function sumOf(measures: readonly Measure[]): readonly Measure[] {
  const groups = Map.groupBy(measures, ({ name, labels }) => canonicalJson({ name, labels }))
  return [...groups.values()].map((group) => ({
    ...group[0],
    value: group.reduce((sum, { value }) => sum + (typeof value === 'number' ? value : 0), 0),
  }))
}
