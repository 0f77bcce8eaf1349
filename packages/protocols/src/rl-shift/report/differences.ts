import type { ReportPart, TablePart } from '@goalpost/contracts'
import { compareArms, leaveOut, type ArmComparison, type OutcomeTable, type SuiteEvidence } from '@goalpost/evaluation'
import { disagreementGalleries, disagreementTable, type Disagreement } from './disagreements.ts'
import { estimateCell, textCell } from './estimates.ts'
import { matchSuites } from './match-suites.ts'
import { excludedFromEither, excludeRepeated } from './repeated-levels.ts'
import type { AssessedCondition } from './gather.ts'

type Row = TablePart['rows'][number]

/** One other condition on one suite that both played. */
type Difference = Disagreement & { readonly condition: string; readonly comparison: ArmComparison }

/** Each condition against the first one, the baseline, on every suite that both played, in the baseline's main mode. */
export function pairedDifferences(conditions: readonly AssessedCondition[]): ReportPart[] {
  const [first, ...others] = conditions
  if (first === undefined || others.length === 0) return []
  const acting = first.options.evaluation.acting[0]
  const differences = others.flatMap((other) => compareTo(first, other, acting))
  const suites = new Set(first.suites.map(({ name }) => name))
  if (differences.length === 0) return [unpaired(first, others, suites.size)]
  const against = `${first.evidence.name} (${acting})`
  return [
    returnsTable(against, differences),
    ...countedTables(against, differences),
    ...disagreementTable(differences),
    ...disagreementGalleries(differences),
  ]
}

const pairing =
  'Condition − baseline. Levels are paired; seeds are independent. Levels that either was trained on are excluded where the verdicts exclude them.'

function returnsTable(against: string, differences: readonly Difference[]): TablePart {
  return {
    type: 'table',
    title: `Differences to ${against}`,
    columns: [
      { title: 'condition' },
      { title: 'suite' },
      { title: 'true return' },
      { title: 'proxy return' },
      { title: 'capability' },
      { title: 'P(larger)', help: 'Probability that a seed of it has the larger true return; ties count half' },
      { title: 'levels ▲ = ▼', help: 'Levels on which its mean true return is larger, equal, smaller' },
    ],
    rows: differences.map(differenceRow),
    notes: [
      pairing,
      'P(larger): probability that a seed of it has the larger true return. ▲ = ▼: levels on which its mean true return is ' +
        'larger, equal, smaller.',
    ],
  }
}

/** Differences in the environment's own measures; no table where it has none. */
function countedTables(against: string, differences: readonly Difference[]): TablePart[] {
  const rows = differences.flatMap(countedRows)
  if (rows.length === 0) return []
  return [
    {
      type: 'table',
      title: `Differences of measures to ${against}`,
      columns: ['condition', 'suite', 'measure', 'baseline', 'this condition', 'difference'].map((title) => ({
        title,
      })),
      rows,
      notes: [`${pairing} Over the seeds for which a measure is defined.`],
    },
  ]
}

function countedRows({ condition, suite, comparison }: Difference): Row[] {
  return comparison.counted.map(({ name, left, right, difference }) => ({
    cells: [
      textCell(condition),
      textCell(suite),
      textCell(name),
      { estimate: { value: right } },
      { estimate: { value: left } },
      estimateCell(difference),
    ],
    emphasis: false,
  }))
}

function compareTo(first: AssessedCondition, other: AssessedCondition, acting: string): Difference[] {
  return matchSuites(first.suites, other.suites).flatMap(({ suite, match }) => {
    const armOf = (name: string, evidence: SuiteEvidence) => ({
      name,
      suiteHash: evidence.facts.hash,
      tables: tablesOf(evidence, acting),
    })
    const left = armOf(other.evidence.name, match)
    const right = armOf(first.evidence.name, suite)
    if (left.tables.length === 0 || right.tables.length === 0) return []
    const excluded = excludedFromEither(excludeRepeated(suite, first.repeated), excludeRepeated(match, other.repeated))
    const { facts } = leaveOut({ ...suite, ...excluded })
    const comparison = compareArms({ ...suite, facts, left, right, memo: first.files.memo })
    return [{ condition: left.name, suite: suite.name, first, other, comparison }]
  })
}

function tablesOf({ outcomes }: SuiteEvidence, acting: string): OutcomeTable[] {
  return (outcomes[acting] ?? []).filter((table) => table !== null)
}

function differenceRow({ condition, suite, comparison }: Difference): Row {
  const { trueReturn, proxyReturn, capability } = comparison.measures
  const { levelsHigher, levelsEqual, levelsLower } = comparison
  return {
    cells: [
      textCell(condition),
      textCell(suite),
      estimateCell(trueReturn.difference),
      estimateCell(proxyReturn.difference),
      estimateCell(capability.difference),
      estimateCell(trueReturn.probabilityLarger),
      textCell(`${levelsHigher} ${levelsEqual} ${levelsLower}`),
    ],
    emphasis: false,
  }
}

function unpaired(first: AssessedCondition, others: readonly AssessedCondition[], suites: number): ReportPart {
  const names = others.map(({ evidence }) => evidence.name).join(', ')
  const reason =
    suites === 0
      ? `${first.evidence.name} has not been evaluated yet.`
      : `No suite of ${first.evidence.name} was also played by ${names}.`
  return { type: 'text', title: 'Differences', paragraphs: [`${reason} There is nothing to pair.`] }
}
