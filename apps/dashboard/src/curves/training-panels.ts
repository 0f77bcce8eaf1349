import { trainingCharts } from '@goalpost/report-view'
import type { CurvePanel } from './curve-panels.ts'

/** What trainings reported, as panels. */
export function trainingPanels(runs: Parameters<typeof trainingCharts>[0]): CurvePanel[] {
  return trainingCharts(runs).map(({ name, ...chart }) => ({ key: name, ...chart }))
}
