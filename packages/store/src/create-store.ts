import type {
  ApiKeyStore,
  Dispatcher,
  ExperimentStore,
  TaskLedger,
  WorkerRegistry,
  WorkWatch,
} from '@goalpost/experiments'
import { createApiKeyStore } from './api-keys.ts'
import { createHealth, type Health } from './database/health.ts'
import { openDatabase } from './database/open-database.ts'
import { createDispatcher } from './dispatch/dispatcher.ts'
import { watchWork, type WatchOptions } from './dispatch/watch-work.ts'
import { createExperimentStore } from './experiments/experiment-store.ts'
import { createTaskLedger } from './ledger/task-ledger.ts'
import { createChanges, type Clock } from './tasks/change.ts'
import { createWorkerRegistry } from './workers/worker-registry.ts'

export type StoreOptions = {
  readonly url: string
  /** Connections at most. */
  readonly poolSize?: number
  /** Decides about leases and is written down. The database's own clock unless given. */
  readonly clock?: Clock
}

export type Store = Health & {
  readonly experiments: ExperimentStore
  readonly apiKeys: ApiKeyStore
  readonly ledger: TaskLedger
  readonly dispatcher: Dispatcher
  readonly workers: WorkerRegistry
  /** Over a connection of its own, which the caller closes. */
  watchWork(onSignal: WatchOptions['onSignal']): WorkWatch
  close(): Promise<void>
}

/** The truth, in a PostgreSQL database that `migrate` has brought up to date. Connects when first asked. */
export function createStore({ url, poolSize = 10, clock }: StoreOptions): Store {
  const database = openDatabase({ url, poolSize })
  const changes = createChanges(database, clock)
  return {
    experiments: createExperimentStore(database, changes),
    apiKeys: createApiKeyStore(database),
    ledger: createTaskLedger(changes),
    dispatcher: createDispatcher(database, changes),
    workers: createWorkerRegistry(database, changes, clock),
    watchWork: (onSignal) => watchWork({ url, onSignal }),
    ...createHealth(database),
    close: () => database.close(),
  }
}
