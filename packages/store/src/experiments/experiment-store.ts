import type { ExperimentStore } from '@goalpost/experiments'
import type { Database } from '../database/open-database.ts'
import type { Changes } from '../tasks/change.ts'
import { createChanges } from './create-changes.ts'
import { createWorkspaceEvents } from '../events/workspace-events.ts'
import { createEvents } from './create-events.ts'
import { createFindings } from './create-findings.ts'
import { createStorageViews } from '../storage/storage-views.ts'
import { createHistory } from './create-history.ts'
import { createLifecycle } from './create-lifecycle.ts'
import { createOwnership } from './create-ownership.ts'
import { createReceiptViews } from './receipt-facts.ts'
import { createTaskViews } from './create-task-views.ts'
import { createViews } from './create-views.ts'

/** Combines the ports, one file for each. */
export function createExperimentStore(database: Database, changes: Changes): ExperimentStore {
  return {
    ...createChanges(database, changes),
    ...createViews(database),
    ...createTaskViews(database),
    ...createFindings(database),
    ...createReceiptViews(database),
    ...createEvents(database),
    ...createOwnership(database, changes),
    ...createHistory(database),
    ...createLifecycle(database, changes),
    ...createStorageViews(database),
    ...createWorkspaceEvents(database),
  }
}
