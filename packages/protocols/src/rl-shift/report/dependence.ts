import type { TablePart } from '@goalpost/contracts'
import { mean, meanInterval } from '@goalpost/statistics'
import { dependenceMeasure } from '../dependence-measure.ts'
import { emptyCell, type Cell } from './estimates.ts'
import { finalEvaluation, type AssessedCondition } from './gather.ts'
import { environmentOf } from '../../worlds/environment-of.ts'

/** How much actions depend on observations, at most the logarithm of their number. */
export function dependenceColumn([first]: readonly AssessedCondition[]): TablePart['columns'][number] {
  const actions = first === undefined ? 0 : environmentOf(first.options.environment).actions.length
  const most = actions === 0 ? '' : `, of at most ${Math.log2(actions).toFixed(2)}`
  return {
    title: 'dependence',
    unit: 'bits',
    help: `How much actions depend on observations: I(action; observation)${most}. 0: not at all`,
  }
}

/** Mean over seeds; blank for experiments evaluated before this was measured. */
export function dependenceCell(
  { evidence, options }: AssessedCondition,
  { suite, acting }: { readonly suite: string; readonly acting: string },
): Cell {
  const values = evidence.runs.flatMap((run) => {
    const measured = finalEvaluation(run)?.measures.find(
      ({ name, labels }) => name === dependenceMeasure && labels.suite === suite && labels.acting === acting,
    )
    return typeof measured?.value === 'number' ? [measured.value] : []
  })
  if (values.length === 0) return emptyCell
  const level = options.thresholds.confidence
  const estimate = { value: mean(values), count: values.length }
  const interval = meanInterval(values, level)
  return { estimate: interval === null ? estimate : { ...estimate, ...interval, level } }
}
