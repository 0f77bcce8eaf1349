import type {
  Aggregate,
  ApiKeyScope,
  ArtifactRef,
  CheckpointView,
  ExperimentEvent,
  ExperimentState,
  ExperimentSummary,
  ExperimentView,
  JsonObject,
  LogLine,
  ResolvedSpec,
  Resources,
  RunView,
  SeriesView,
  TaskKind,
  TaskView,
} from '@goalpost/contracts'
import type { Expansion } from '../expansion/expansion.ts'
import type { Timing } from '../time-left/estimate-seconds-left.ts'
import type { Evidence } from './protocol.ts'

export type Page<T> = { readonly items: readonly T[]; readonly nextCursor: string | null }

export type NewExperiment = {
  readonly spec: JsonObject
  readonly resolved: ResolvedSpec
  readonly expansion: Expansion
  readonly idempotency: { readonly key: string; readonly bodyHash: string } | null
}

export type CreateOutcome =
  | { readonly ok: true; readonly id: string; readonly created: boolean }
  | { readonly ok: false; readonly code: 'idempotency-mismatch' }

export type ChangeOutcome =
  | { readonly ok: true; readonly revision: number }
  | { readonly ok: false; readonly code: 'not-found' | 'state-conflict' | 'stale-version'; readonly message: string }

export type ExperimentVersion = {
  /** Moves with all that a client sees, progress included. */
  readonly revision: number
  /** Of the latest event: moves with what happened to tasks and to the experiment itself, not with progress. */
  readonly sequence: number
}

/** Tasks that can be expected to take equally long for equal work. */
export type WorkSort = {
  readonly protocol: string
  readonly kind: TaskKind
  readonly unit: string
  /** See `PlannedTask.work`; empty where nothing tells work of one unit apart. */
  readonly sort: string
  readonly engine: string
}

export type StoredExperiment = ExperimentView & {
  /** What tasks that have neither ended nor been started ask for, each thing once. */
  readonly needs: readonly Pick<Resources, 'engine' | 'device'>[]
  /** What the time left is estimated from; null once the experiment has ended. */
  readonly timing: Timing | null
}

/** What the API needs of the truth; the workspace is always the first argument. Implemented by packages/store. */
export type ExperimentStore = {
  create(workspaceId: string, experiment: NewExperiment): Promise<CreateOutcome>
  /** Like `cancel` and `retry`, refused as stale if the experiment has another revision than the expected one, if any. */
  extend(
    workspaceId: string,
    id: string,
    change: { resolved: ResolvedSpec; expansion: Expansion; expectedRevision?: number | undefined },
  ): Promise<ChangeOutcome>
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
  cancel(workspaceId: string, id: string, expectedRevision?: number): Promise<ChangeOutcome>
  /** Failed and cancelled tasks become ready or blocked again. */
  retry(workspaceId: string, id: string, expectedRevision?: number): Promise<ChangeOutcome>
  run(workspaceId: string, id: string): Promise<RunView | null>
  runs(workspaceId: string, query: { experimentId?: string; cursor?: string; limit: number }): Promise<Page<RunView>>
  task(workspaceId: string, id: string): Promise<TaskView | null>
  logs(workspaceId: string, taskId: string, query: { cursor?: string; limit: number }): Promise<Page<LogLine> | null>
  series(
    workspaceId: string,
    taskId: string,
    query: { names?: readonly string[]; maxPoints: number },
  ): Promise<SeriesView | null>
  checkpoints(
    workspaceId: string,
    query: { taskId?: string; experimentId?: string; cursor?: string; limit: number },
  ): Promise<Page<CheckpointView>>
  /** Whether this workspace owns a result or checkpoint that refers to the artifact. */
  ownsArtifact(workspaceId: string, hash: string): Promise<{ bytes: number; mediaType: string; name: string } | null>
  /** From now on the workspace owns this artifact, whose bytes are stored. */
  keepArtifact(workspaceId: string, artifact: ArtifactRef): Promise<void>
  events(
    workspaceId: string,
    experimentId: string,
    afterSequence: number,
    limit: number,
  ): Promise<readonly ExperimentEvent[]>
  /** What a report is made of, without the artifacts' bytes. */
  evidence(workspaceId: string, experimentId: string): Promise<Omit<Evidence, 'artifacts'> | null>
  /** Per-seed values of every measure of every run. */
  measures(workspaceId: string, experimentId: string): Promise<readonly Omit<Aggregate, 'estimate' | 'key'>[]>
  /** How many of these identities have succeeded in this workspace. */
  countSucceeded(workspaceId: string, identities: readonly string[]): Promise<number>
  /** Measured throughput of one worker, in units of work per second, over recent tasks of this sort. */
  throughput(workspaceId: string, work: WorkSort): Promise<number | null>
}

export type ApiKeyRecord = {
  readonly id: string
  readonly workspaceId: string
  readonly scopes: readonly ApiKeyScope[]
}

export type ApiKeyStore = {
  /** By the SHA-256 of the secret; null where there is none, or it was revoked. */
  find(secretHash: string): Promise<ApiKeyRecord | null>
  create(
    workspaceId: string,
    key: { name: string; secretHash: string; scopes: readonly ApiKeyScope[] },
  ): Promise<string>
  ensureWorkspace(name: string): Promise<string>
}
