import type { Quantity, SeriesPoint } from '@goalpost/contracts'
import { unchecked } from '@goalpost/protocol-kit'
import type { MeasureTable } from '@goalpost/environments'
import type { Iteration, WindowMetrics } from '@goalpost/learning'
import { measureSteps, stepMeasures } from '../../../../continuing/continuing-world.ts'

/** All training measures, one entry per iteration; stored in checkpoints, so that resuming loses no point. */
export type TrainingCurve = {
  add(iteration: Iteration): readonly SeriesPoint[]
  latest(): readonly SeriesPoint[]
  /** By iteration. */
  all(): readonly (readonly SeriesPoint[])[]
  encode(): Uint8Array
  restore(bytes: Uint8Array): void
}

/** @param table measures of a continuing world, per iteration */
export function createTrainingCurve(table: MeasureTable): TrainingCurve {
  const iterations: (readonly SeriesPoint[])[] = []
  return {
    add(iteration) {
      const points = pointsOf(iteration, table)
      iterations.push(points)
      return points
    },
    latest: () => iterations.at(-1) ?? [],
    all: () => iterations,
    encode: () => new TextEncoder().encode(JSON.stringify(iterations)),
    restore(bytes) {
      iterations.length = 0
      // Not rebuilt by a schema: a resumed training must encode the same bytes.
      const stored = unchecked<SeriesPoint[][]>(JSON.parse(new TextDecoder().decode(bytes)))
      // One by one: the number of arguments per call is limited.
      for (const points of stored) iterations.push(points)
    },
  }
}

function pointsOf(iteration: Iteration, table: MeasureTable): SeriesPoint[] {
  const { steps, window, series: own } = iteration
  const values: Record<string, Quantity> = {
    ...(window === null ? ofEpisodes(iteration) : ofWindow(window, table)),
    ...own,
  }
  return Object.entries(values).map(([series, value]) => ({ series, labels: {}, x: steps, value }))
}

function ofEpisodes({ episodes }: Iteration): Record<string, Quantity> {
  const none = { missing: 'no episode ended in this iteration' }
  return {
    'training true return': episodes.return ?? none,
    'training proxy return': episodes.proxyReturn ?? none,
    'training episode length': episodes.steps ?? none,
  }
}

function ofWindow(window: WindowMetrics, table: MeasureTable): Record<string, Quantity> {
  return {
    'training reward per step': window.reward / window.steps,
    'training proxy reward per step': window.proxyReward / window.steps,
    ...Object.fromEntries(
      stepMeasures(table).map((measure) => [`training ${measure.name}`, measureSteps(table, measure, window)]),
    ),
  }
}
