import type { ExperimentState, ExperimentSummary, ExperimentView, Resources } from '@goalpost/contracts'
import type { Timing } from '../time-left/estimate-seconds-left.ts'
import type { Page } from './page.ts'

export type ExperimentVersion = {
  /** Moves with all that a client sees, progress included. */
  readonly revision: number
  /** Of the latest event: moves with what happened to tasks and to the experiment itself, not with progress. */
  readonly sequence: number
}

export type StoredExperiment = ExperimentView & {
  /** What tasks that have neither ended nor been started ask for, each thing once. */
  readonly needs: readonly Pick<Resources, 'engine' | 'device'>[]
  /** What the time left is estimated from; null once the experiment has ended. */
  readonly timing: Timing | null
}

export type ExperimentViews = {
  list(
    workspaceId: string,
    query: {
      state?: ExperimentState
      protocol?: string
      name?: string
      verdict?: string
      cursor?: string
      limit: number
    },
  ): Promise<Page<ExperimentSummary>>
  get(workspaceId: string, id: string): Promise<StoredExperiment | null>
  /** Cheap: for ETag checks by pollers. */
  revision(workspaceId: string, id: string): Promise<number | null>
  /** As cheap, for what need not be read again while tasks only progress. */
  version(workspaceId: string, id: string): Promise<ExperimentVersion | null>
}
