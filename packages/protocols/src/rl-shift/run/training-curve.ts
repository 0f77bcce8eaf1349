import type { Quantity, SeriesPoint } from '@goalpost/contracts'
import type { IterationMetrics } from '@goalpost/learning'

/** Everything that training measured, one entry per iteration; travels with checkpoints, so that no resume loses a point. */
export type TrainingCurve = {
  add(metrics: IterationMetrics): readonly SeriesPoint[]
  latest(): readonly SeriesPoint[]
  encode(): Uint8Array
  restore(bytes: Uint8Array): void
}

export function createTrainingCurve(): TrainingCurve {
  const iterations: (readonly SeriesPoint[])[] = []
  return {
    add(metrics) {
      const points = pointsOf(metrics)
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

function pointsOf({ steps, episodes, explainedVariance, learningRate, updates }: IterationMetrics): SeriesPoint[] {
  const none = { missing: 'no episode ended in this iteration' }
  const values: Record<string, Quantity> = {
    'training true return': episodes.return ?? none,
    'training proxy return': episodes.proxyReturn ?? none,
    'training episode length': episodes.steps ?? none,
    'explained variance': Number.isFinite(explainedVariance) ? explainedVariance : { missing: 'returns do not vary' },
    'learning rate': learningRate,
    ...updates,
  }
  return Object.entries(values).map(([series, value]) => ({ series, labels: {}, x: steps, value }))
}
