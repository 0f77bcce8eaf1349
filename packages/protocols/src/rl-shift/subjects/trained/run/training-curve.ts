import type { Quantity, SeriesPoint } from '@goalpost/contracts'
import type { MeasureTable } from '@goalpost/environments'
import type { Iteration, WindowMetrics } from '@goalpost/learning'
import { measureSteps, stepMeasures } from '../../../../continuing/continuing-world.ts'

/** Everything that training measured, one entry per iteration; travels with checkpoints, so that no resume loses a point. */
export type TrainingCurve = {
  add(iteration: Iteration): readonly SeriesPoint[]
  latest(): readonly SeriesPoint[]
  encode(): Uint8Array
  restore(bytes: Uint8Array): void
}

/** @param table what is measured of a world that is never reset, iteration by iteration */
export function createTrainingCurve(table: MeasureTable): TrainingCurve {
  const iterations: (readonly SeriesPoint[])[] = []
  return {
    add(iteration) {
      const points = pointsOf(iteration, table)
      iterations.push(points)
      return points
    },
    latest: () => iterations.at(-1) ?? [],
    encode: () => new TextEncoder().encode(JSON.stringify(iterations)),
    restore(bytes) {
      iterations.length = 0
      // One by one: a long training has more of them than a call may have arguments.
      for (const points of JSON.parse(new TextDecoder().decode(bytes)) as SeriesPoint[][]) iterations.push(points)
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
