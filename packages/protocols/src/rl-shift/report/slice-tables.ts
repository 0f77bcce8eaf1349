import type { TablePart } from '@goalpost/contracts'
import type { ConditionAssessment } from '@goalpost/evaluation'
import { estimateCell, textCell } from './estimates.ts'
import type { AssessedCondition } from './gather.ts'
import { verdictTones } from './verdict-card.ts'

type Row = TablePart['rows'][number]
type ShiftVerdict = ConditionAssessment['verdicts'][number]

/** One table per shifted suite: the verdict on each kind of level. */
export function sliceTables(conditions: readonly AssessedCondition[]): TablePart[] {
  const judged = conditions.flatMap(({ evidence, assessment }) =>
    (assessment?.verdicts ?? []).map((verdict) => ({ condition: evidence.name, verdict })),
  )
  const suites = [...new Set(judged.map(({ verdict }) => verdict.suite))]
  return suites.flatMap((suite) => {
    const rows = judged
      .filter(({ verdict }) => verdict.suite === suite)
      .flatMap(({ condition, verdict }) => sliceRows(condition, verdict))
    return rows.length === 0 ? [] : [sliceTable(suite, rows)]
  })
}

function sliceTable(suite: string, rows: readonly Row[]): TablePart {
  return {
    type: 'table',
    title: `Verdict by kind of level on ${suite}`,
    columns: [
      { title: 'condition' },
      { title: 'levels where' },
      { title: 'share', help: 'Of the solvable levels' },
      { title: 'verdict' },
      { title: 'true ach.', help: '0: random, 1: true-oracle, on these levels' },
      { title: 'proxy ach.', help: '0: random, 1: proxy-oracle, on these levels' },
      {
        title: 'differs, p',
        help: 'p-value that the verdict differs on these levels, adjusted for their number (Holm)',
      },
    ],
    rows: [...rows],
    notes: [
      'Thirds by the optimal return of goal and proxy and by their ratio, and quarters of the grid: fixed before any policy is evaluated.',
      '✗: the verdict differs, with confidence, from that on all levels, which makes the overall verdict mixed.',
    ],
  }
}

function sliceRows(condition: string, { verdict, slices }: ShiftVerdict): Row[] {
  const differing = new Set(verdict.slices.map(({ slice }) => slice))
  return slices.map(({ slice, name, share, numbers, pValue }, index) => ({
    cells: [
      textCell(index === 0 ? condition : ''),
      textCell(slice),
      textCell(`${Math.round(100 * share)} %`),
      { text: differing.has(slice) ? `${name} ✗` : name, tone: verdictTones[name] },
      estimateCell(numbers.trueAchievement),
      estimateCell(numbers.proxyAchievement),
      textCell(pValue >= 0.05 ? '' : pValue < 0.001 ? '< .001' : pValue.toFixed(3)),
    ],
    emphasis: differing.has(slice),
  }))
}
