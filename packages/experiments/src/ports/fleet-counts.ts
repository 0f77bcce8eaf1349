import type { Device, TaskState } from '@goalpost/contracts'

/** What monitoring shows of the whole database: tasks that have not ended, open experiments, verdicts. */
export type FleetCounts = {
  readonly tasks: readonly {
    readonly workspace: string
    readonly device: Device
    readonly state: Exclude<TaskState, 'succeeded' | 'failed' | 'cancelled'>
    readonly count: number
  }[]
  /** Experiments with a task that has not ended. */
  readonly experiments: readonly {
    readonly workspace: string
    readonly state: 'waiting' | 'running'
    readonly count: number
  }[]
  /** Of the latest analysis of every experiment, one for each condition. Up to five minutes old. */
  readonly verdicts: readonly { readonly workspace: string; readonly verdict: string; readonly count: number }[]
}

/** Implemented by packages/store. */
export type FleetCensus = {
  /** Counts by indexes, in a fixed number of statements, all but the verdicts. */
  countFleet(): Promise<FleetCounts>
}
