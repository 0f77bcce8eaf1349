import type { EpisodeMeasure } from '@goalpost/environments'
import type { Quantity } from '@goalpost/statistics'
import type { OutcomeTable } from '../episodes/outcome-table.ts'
import { evenWeights } from './resampled-weights.ts'
import type { SuiteFacts } from '../suites/suite.ts'
import { tabulateCounted, weighCounted } from './counted-measures.ts'
import { selectMeasuredLevels } from './policy-columns.ts'

/** An environment's own measures of one policy on the solvable levels of a suite, without intervals. */
export function measureCounted(
  table: OutcomeTable,
  measures: readonly EpisodeMeasure[],
  facts: SuiteFacts,
): { readonly name: string; readonly value: Quantity }[] {
  const measured = selectMeasuredLevels(facts)
  const columns = tabulateCounted(table, measures, measured)
  const values = weighCounted(columns, evenWeights(measured.contested).weights(table.episodes))
  return measures.map(({ name }, index) => ({ name, value: values[index] }))
}
