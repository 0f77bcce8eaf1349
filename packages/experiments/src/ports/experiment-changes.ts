import type { JsonObject, ResolvedSpec } from '@goalpost/contracts'
import type { Expansion } from '../expansion/expansion.ts'
import type { Actor } from './api-key-store.ts'
import type { Changing } from './experiment-lifecycle.ts'

export type NewExperiment = {
  readonly spec: JsonObject
  readonly resolved: ResolvedSpec
  readonly expansion: Expansion
  readonly idempotency: { readonly key: string; readonly bodyHash: string } | null
  /** Who submits it, for the audit log and `createdBy`. Default: the service itself. */
  readonly actor?: Actor
  /** Unique in the workspace: the same name with the same spec again returns the first experiment. */
  readonly externalId?: string | null
  /** The `traceparent` of the request; its tasks continue the trace. */
  readonly trace?: string | null
}

export type CreateOutcome =
  | { readonly ok: true; readonly id: string; readonly created: boolean }
  | { readonly ok: false; readonly code: 'idempotency-mismatch' }
  | { readonly ok: false; readonly code: 'quota-exceeded'; readonly message: string }

export type ChangeOutcome =
  | { readonly ok: true; readonly revision: number }
  | {
      readonly ok: false
      readonly code: 'not-found' | 'state-conflict' | 'stale-version' | 'quota-exceeded'
      readonly message: string
    }

/**
 * Changes that the API makes to an experiment. Each is refused as stale if the revision is not the expected one, and
 * makes an audit event in its transaction. Without an actor, the service itself makes it.
 */
export type ExperimentChanges = {
  create(workspaceId: string, experiment: NewExperiment): Promise<CreateOutcome>
  extend(
    workspaceId: string,
    id: string,
    change: { resolved: ResolvedSpec; expansion: Expansion } & Partial<Changing>,
  ): Promise<ChangeOutcome>
  cancel(workspaceId: string, id: string, changing?: Partial<Changing>): Promise<ChangeOutcome>
  /** Failed and cancelled tasks become ready or blocked again. */
  retry(workspaceId: string, id: string, changing?: Partial<Changing>): Promise<ChangeOutcome>
}
