import type { ExperimentStanding, WorkspaceEvent } from '@goalpost/contracts'

export type WorkspaceStanding = {
  readonly workspaceId: string
  /** The id of its latest event; 0 if it has none. */
  readonly latestEvent: number
  /** Its experiments that have not ended. */
  readonly open: readonly ExperimentStanding[]
}

export type WorkspaceEvents = {
  /** In order, and none is missing: an event becomes visible after all with lower ids. */
  workspaceEvents(
    workspaceId: string,
    range: { readonly after: number; readonly limit: number },
  ): Promise<readonly WorkspaceEvent[]>
  /** One read for any number of workspaces; unknown ones are left out. */
  standings(workspaceIds: readonly string[]): Promise<readonly WorkspaceStanding[]>
}
