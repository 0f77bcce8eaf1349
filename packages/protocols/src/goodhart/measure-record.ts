import { keysOf } from '../typed-record.ts'
import { GoalpostError, type Measure, type Quantity } from '@goalpost/contracts'
import type { TaskContext } from '@goalpost/experiments'
import { pointMeasures, tailIndexMeasure, type Pressure, type TailIndex } from './measures.ts'
import type { PolicyPoint } from './policy-point.ts'

/** Collects a task's measures, and sends each number at once as a point of a curve. */
export type MeasureRecord = {
  readonly measures: readonly Measure[]
  /** Throws `not-finite` if one of the numbers is not finite. */
  addPoint(pressure: Pressure | 'base', strength: number, point: PolicyPoint): void
  addTailIndex(of: TailIndex['of'], fraction: number, value: Quantity): void
}

/** `draws` is the number of draws behind each measure. */
export function createMeasureRecord(context: TaskContext, draws: number): MeasureRecord {
  const measures: Measure[] = []
  return {
    measures,
    addPoint(pressure, strength, point) {
      const named = keysOf(pointMeasures).map((key) => {
        const name = pointMeasures[key]
        return { name, value: finite(point[key], `${name} at ${pressure} ${strength}`) }
      })
      for (const { name, value } of named)
        measures.push({ name, labels: { pressure, strength: String(strength) }, value, count: draws })
      context.series(named.map(({ name, value }) => ({ series: name, labels: { pressure }, x: strength, value })))
    },
    addTailIndex(of, fraction, value) {
      measures.push({ name: tailIndexMeasure, labels: { of, fraction: String(fraction) }, value, count: draws })
      context.series([{ series: tailIndexMeasure, labels: { of }, x: fraction, value }])
    },
  }
}

function finite(value: number, what: string): number {
  if (!Number.isFinite(value)) throw new GoalpostError('not-finite', `The ${what} is not finite`)
  return value
}
