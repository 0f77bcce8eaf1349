import type { ExperimentView, Manifest, ResultsView } from '@goalpost/contracts'
import type { Glossary } from './glossary.ts'
import type { RunCurves } from './training-charts.ts'

/** Everything that a report page shows; optional fields may be missing. */
export type PageSubject = {
  readonly experiment: Pick<ExperimentView, 'id' | 'name' | 'state' | 'spec' | 'resolved' | 'createdAt' | 'runs'> &
    Partial<Pick<ExperimentView, 'sharedTasks'>>
  readonly results: Pick<ResultsView, 'status' | 'report' | 'resultHash'>
  /** Machines and software that computed the tasks, with counts; identical ones are listed once. */
  readonly manifests: readonly { readonly tasks: number; readonly manifest: Manifest }[]
  /** Computed tasks whose manifests an earlier version wrote in another form. */
  readonly manifestsLeftOut?: number
  /** The meanings of the spec's words. */
  readonly glossary?: Glossary
  /** Training curves of runs. */
  readonly training?: TrainingCurves
}

export type TrainingCurves = {
  readonly runs: readonly RunCurves[]
  /** The horizontal axis of the curves, e.g. `environment steps`. */
  readonly unit: string
  /** Runs whose curves were not read, because there are too many. */
  readonly leftOut: number
}
