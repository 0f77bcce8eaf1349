import type { SeriesPart } from '@goalpost/contracts'
import { trainingCharts, type RunCurves } from './training-charts.ts'

/** A plot for each kind of curve and its labels, a line for each condition: the mean over seeds, between lowest and highest. */
export function trainingParts(runs: readonly RunCurves[], unit: string): SeriesPart[] {
  return trainingCharts(runs).map(({ title, labels, curves }) => ({
    type: 'series',
    title: labels.length === 0 ? title : `${title}, ${labels.join(', ')}`,
    x: { title: unit, scale: 'linear' },
    y: { title, scale: 'linear' },
    lines: curves.map(({ condition, points }) => ({
      name: condition,
      style: 'solid',
      points: points.map(({ x, mean }) => ({ x, y: mean })),
    })),
    references: [],
  }))
}
