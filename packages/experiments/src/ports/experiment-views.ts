import type {
  ArchivedFilter,
  ExperimentFacets,
  ExperimentSort,
  ExperimentState,
  ExperimentSummary,
  ExperimentView,
  Resources,
} from '@goalpost/contracts'
import type { Timing } from '../time-left/estimate-seconds-left.ts'
import type { Page } from './page.ts'

export type ExperimentVersion = {
  /** Grows with every change that a client sees, including progress. */
  readonly revision: number
  /** Of the latest event: grows with changes of tasks and of the experiment itself, not with progress. */
  readonly sequence: number
}

/** The inputs of the estimate of the time left. */
export type StoredTiming = {
  /** The distinct needs of tasks that have neither started nor ended. */
  readonly needs: readonly Pick<Resources, 'engine' | 'device'>[]
  /** Null once the experiment has ended. */
  readonly timing: Timing | null
}

export type StoredExperiment = ExperimentView & StoredTiming

export type ExperimentViews = {
  list(
    workspaceId: string,
    query: {
      state?: ExperimentState
      protocol?: string
      name?: string
      named?: string
      verdict?: string
      createdBy?: string
      archived?: ArchivedFilter
      sort?: ExperimentSort
      cursor?: string
      limit: number
    },
  ): Promise<Page<ExperimentSummary>>
  /** What they can be filtered by. */
  facets(workspaceId: string): Promise<ExperimentFacets>
  /** Of several, in two statements, by id. */
  timings(workspaceId: string, ids: readonly string[]): Promise<ReadonlyMap<string, StoredTiming>>
  get(workspaceId: string, id: string): Promise<StoredExperiment | null>
  /** Cheap: for ETag checks by pollers. */
  revision(workspaceId: string, id: string): Promise<number | null>
  /** As cheap, for data that need not be read again while tasks only progress. */
  version(workspaceId: string, id: string): Promise<ExperimentVersion | null>
  /** Of several, in one statement, by id; those that the workspace does not have are left out. */
  versions(workspaceId: string, ids: readonly string[]): Promise<ReadonlyMap<string, ExperimentVersion>>
}
