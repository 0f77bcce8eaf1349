import type { ExperimentView, Manifest, ResultsView } from '@goalpost/contracts'
import type { Glossary } from './question-section.ts'
import type { RunCurves } from './training-parts.ts'

/** Everything that a report page shows. What is optional, a page can do without. */
export type PageSubject = {
  readonly experiment: Pick<ExperimentView, 'id' | 'name' | 'state' | 'spec' | 'resolved' | 'createdAt' | 'runs'>
  readonly results: Pick<ResultsView, 'status' | 'report' | 'resultHash'>
  /** What computed how many of the tasks; machines that are alike stand here once. */
  readonly manifests: readonly { readonly tasks: number; readonly manifest: Manifest }[]
  /** Computed tasks that were not asked for their manifests: too many. */
  readonly manifestsLeftOut?: number
  /** What the spec's words mean. */
  readonly glossary?: Glossary
  /** Curves that runs have left while they were trained. */
  readonly training?: TrainingCurves
}

export type TrainingCurves = {
  readonly runs: readonly RunCurves[]
  /** What the curves run over, e.g. `environment steps`. */
  readonly unit: string
  /** Runs that were not asked for their curves: too many. */
  readonly leftOut: number
}
