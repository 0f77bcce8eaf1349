import type { JsonObject, Resources, TaskKind } from '@goalpost/contracts'
import type { Readiness } from '../ports/protocol.ts'

/** A task ready to be stored: its identity is known, and equal tasks are merged. */
export type ExpandedTask = {
  readonly identity: string
  readonly key: string
  readonly kind: TaskKind
  /** See `PlannedTask`. */
  readonly identityKind?: TaskKind
  readonly protocol: string
  readonly seed: number | null
  readonly inputs: JsonObject
  readonly resources: Resources
  readonly needs: readonly { readonly key: string; readonly identity: string; readonly when: Readiness }[]
  /** Files that existed before: see `PlannedTask`. */
  readonly files?: readonly string[]
  readonly work: { readonly unit: string; readonly amount: number; readonly sort?: string }
  readonly short: boolean
  readonly rank: number
}

export type ExpandedRun = {
  readonly condition: string
  readonly seed: number
  /** Key within the run → identity of the task. */
  readonly tasks: readonly { readonly key: string; readonly identity: string }[]
}

/** An expanded spec. `tasks` is in topological order without duplicates. */
export type Expansion = {
  readonly runs: readonly ExpandedRun[]
  readonly tasks: readonly ExpandedTask[]
  /** The task that needs all others settled; its result is the report. Null while a search has more rounds to come. */
  readonly analysis: string | null
}
