import type { OpenTasks, TaskKind } from '@goalpost/contracts'

/** Tasks that can be expected to take equally long for equal work. */
export type WorkSort = {
  readonly protocol: string
  readonly kind: TaskKind
  readonly unit: string
  /** See `PlannedTask.work`; empty if all work of one unit is alike. */
  readonly sort: string
  readonly engine: string
}

/** Earlier computations and their speed, and what is still open. */
export type WorkHistory = {
  /** How many of these identities have succeeded in this workspace. */
  countSucceeded(workspaceId: string, identities: readonly string[]): Promise<number>
  /** Measured throughput of one worker, in units of work per second, over recent tasks of this sort. */
  throughput(workspaceId: string, work: WorkSort): Promise<number | null>
  /** The workspace's tasks that have not ended. */
  countOpen(workspaceId: string): Promise<readonly OpenTasks[]>
}
