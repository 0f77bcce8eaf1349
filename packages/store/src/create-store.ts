import type {
  ApiKeyStore,
  Deadlines,
  Dispatcher,
  DueSchedules,
  ExperimentStore,
  FileRegister,
  FilterStore,
  FleetCensus,
  GateStore,
  InvitationStore,
  MemberStore,
  RetentionStore,
  ScheduleStore,
  SessionStore,
  ModelRegistry,
  ModelViews,
  OpenGateRuns,
  OpenSearches,
  TaskLedger,
  WebhookDeliveries,
  WebhookStore,
  WorkerRegistry,
  WorkspaceStore,
  WorkWatch,
} from '@goalpost/experiments'
import { unconfined, within } from './database/confinement.ts'
import { createHealth, type Health } from './database/health.ts'
import { openDatabase } from './database/open-database.ts'
import { createDeadlines } from './deadlines/stop-overdue.ts'
import { createDispatcher } from './dispatch/dispatcher.ts'
import { watchWork, type WatchOptions } from './dispatch/watch-work.ts'
import { createExperimentStore } from './experiments/experiment-store.ts'
import { createFilterStore } from './filters/filter-store.ts'
import { createFleetCensus } from './fleet/count-fleet.ts'
import { createGateStore } from './gates/gate-store.ts'
import { createScheduleStore } from './schedules/schedule-store.ts'
import { createApiKeyStore } from './keys/api-key-store.ts'
import { createSessionStore } from './keys/session-store.ts'
import { createWorkspaceStore } from './keys/workspace-store.ts'
import { createTaskLedger } from './ledger/task-ledger.ts'
import { createModelStore } from './models/create-model-store.ts'
import { createInvitationStore } from './people/invitation-store.ts'
import { createMemberStore } from './people/member-store.ts'
import { createFileRegister } from './storage/file-register.ts'
import { createRetentionStore } from './retention/retention-store.ts'
import { createSearchStore } from './searches/search-store.ts'
import { createChanges, type Clock } from './tasks/change.ts'
import { createWebhookStore } from './webhooks/webhook-store.ts'
import { createWorkerRegistry } from './workers/worker-registry.ts'

export type StoreOptions = {
  readonly url: string
  /** The most connections. */
  readonly poolSize?: number
  /** Callers see the workspace that `within` names, and no other. Needs that `findConfinementFault` finds none. */
  readonly confined?: boolean
  /** How long a statement may take: 30 s by default. Those that collect files may take ten minutes. */
  readonly statementTimeoutMs?: number
  /** Used for leases and stored times. By default the database's clock. */
  readonly clock?: Clock
}

export type Store = Health &
  FleetCensus & {
    readonly experiments: ExperimentStore
    readonly apiKeys: ApiKeyStore
    readonly sessions: SessionStore
    readonly invitations: InvitationStore
    readonly members: MemberStore
    readonly schedules: ScheduleStore & DueSchedules
    readonly gates: GateStore & OpenGateRuns
    readonly searches: OpenSearches
    readonly deadlines: Deadlines
    readonly webhooks: WebhookStore & WebhookDeliveries
    readonly models: ModelRegistry & ModelViews
    readonly workspaces: WorkspaceStore
    readonly ledger: TaskLedger
    readonly dispatcher: Dispatcher
    readonly workers: WorkerRegistry
    readonly files: FileRegister
    readonly retention: RetentionStore
    readonly filters: FilterStore
    /** In a confined store, all that `work` reads and writes is in this workspace. */
    within<T>(workspaceId: string, work: () => T): T
    /** Over its own connection, which the caller closes. */
    watchWork(onSignal: WatchOptions['onSignal'], options?: Pick<WatchOptions, 'preempts'>): WorkWatch
    close(): Promise<void>
  }

const cleaningTimeoutMs = 600_000

/** The store in a PostgreSQL database that `migrate` has brought up to date. Connects on first use. */
export function createStore(options: StoreOptions): Store {
  const { url, poolSize = 10, confined = false, statementTimeoutMs, clock } = options
  const database = openDatabase({ url, poolSize, confined, statementTimeoutMs })
  // Nobody waits for what it does, which takes long in a large database.
  const cleaning = openDatabase({ url, poolSize: 1, keep: 0, statementTimeoutMs: cleaningTimeoutMs })
  const changes = createChanges(database, clock)
  return {
    experiments: createExperimentStore(database, changes),
    schedules: createScheduleStore(database, changes),
    gates: createGateStore(database, changes),
    searches: createSearchStore(database, changes),
    deadlines: createDeadlines(database, changes, clock),
    webhooks: createWebhookStore(database, changes),
    apiKeys: createApiKeyStore(database, url),
    sessions: createSessionStore(database),
    invitations: createInvitationStore(database),
    members: createMemberStore(database),
    workspaces: createWorkspaceStore(database),
    models: createModelStore(database, clock),
    ledger: createTaskLedger(database, changes, clock),
    dispatcher: createDispatcher(database, changes),
    retention: createRetentionStore(database),
    filters: createFilterStore(database, clock),
    files: createFileRegister(cleaning, createChanges(cleaning, clock), clock),
    workers: createWorkerRegistry(database, changes, clock),
    watchWork: (onSignal, watching) => watchWork({ url, onSignal, ...watching }),
    within,
    ...createHealth(database),
    ...createFleetCensus(unconfined(database), clock),
    close: async () => void (await Promise.all([database.close(), cleaning.close()])),
  }
}
