import type { ArtifactOwnership } from './artifact-ownership.ts'
import type { ExperimentChanges } from './experiment-changes.ts'
import type { ExperimentEvents } from './experiment-events.ts'
import type { ExperimentFindings } from './experiment-findings.ts'
import type { ExperimentLifecycle } from './experiment-lifecycle.ts'
import type { ExperimentViews } from './experiment-views.ts'
import type { StorageViews } from './file-register.ts'
import type { ReceiptViews } from './receipt-facts.ts'
import type { TaskViews } from './task-views.ts'
import type { WorkHistory } from './work-history.ts'
import type { WorkspaceEvents } from './workspace-events.ts'

/**
 * The store for the API, port by port; the workspace is always the first argument. Implemented by packages/store. Use
 * the port that you need.
 */
export type ExperimentStore = ExperimentChanges &
  ExperimentViews &
  TaskViews &
  ExperimentFindings &
  ExperimentEvents &
  ExperimentLifecycle &
  StorageViews &
  ArtifactOwnership &
  ReceiptViews &
  WorkHistory &
  WorkspaceEvents
