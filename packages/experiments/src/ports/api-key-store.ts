import type { ApiKeyScope, ApiKeyView, AuditEvent, QuotaChange, WorkspaceView } from '@goalpost/contracts'
import type { Page } from './page.ts'

/** A key that works. */
export type ApiKeyRecord = {
  readonly id: string
  readonly name: string
  readonly workspaceId: string
  readonly scope: ApiKeyScope
  /** May manage workspaces and see all workers. */
  readonly operator: boolean
  readonly expiresAtMs: number | null
}

/** Looks keys up for every request. */
export type ApiKeyLookup = {
  /** By the SHA-256 of the secret; null if there is none, or it has expired or was revoked. */
  find(secretHash: string): Promise<ApiKeyRecord | null>
  /** Notes that it was used now. */
  touch(id: string): Promise<void>
}

/** The author of a change; `key` is null for the service itself. */
export type Actor = {
  readonly key: { readonly id: string; readonly name: string } | null
  /** IP address of the request. */
  readonly address: string | null
}

/** What schedules, gates and control loops do. */
export const serviceActor: Actor = { key: null, address: null }

export type KeyToStore = {
  readonly name: string
  readonly secretHash: string
  readonly scope: ApiKeyScope
  readonly operator?: boolean
  readonly expiresAt?: Date | null
}

export type KeyChange =
  | { readonly ok: true; readonly key: ApiKeyView }
  | { readonly ok: false; readonly code: 'not-found' | 'state-conflict'; readonly message: string }

type PageQuery = { readonly cursor?: string | undefined; readonly limit: number }

/** Manages keys. Each change and its audit event are one transaction. Implemented by packages/store. */
export type ApiKeyStore = ApiKeyLookup & {
  list(workspaceId: string, query: PageQuery): Promise<Page<ApiKeyView>>
  get(workspaceId: string, id: string): Promise<ApiKeyView | null>
  create(workspaceId: string, key: KeyToStore, actor: Actor): Promise<ApiKeyView>
  /** Stops it at once. Refused for keys of members, and for the last that may manage keys. Idempotent. */
  revoke(workspaceId: string, id: string, actor: Actor): Promise<KeyChange>
  /** A new key with the same name and rights; the former one expires after `graceMs`. Refused for keys of members. */
  rotate(
    workspaceId: string,
    id: string,
    rotation: { readonly secretHash: string; readonly graceMs: number },
    actor: Actor,
  ): Promise<KeyChange>
  /**
   * The key from the operator's settings. Keys of former settings are revoked; one that was revoked by hand stays so.
   * False if it is revoked.
   */
  ensureBootstrap(secretHash: string): Promise<boolean>
  audit(workspaceId: string, query: PageQuery): Promise<Page<AuditEvent>>
  /** Calls back when a key was revoked or rotated, or that may have been missed. */
  watch(onChange: () => void): { close(): Promise<void> }
}

/** Workspaces of the installation, for operators. */
export type WorkspaceStore = {
  /** Its id; creates it if needed. */
  ensure(name: string): Promise<string>
  list(query: PageQuery): Promise<Page<WorkspaceView>>
  findId(name: string): Promise<string | null>
  /** Null if there is one of that name. */
  create(name: string, actor: Actor): Promise<WorkspaceView | null>
  /** Changes its limits; null if there is none of that name. With its audit event, one transaction. */
  setQuota(name: string, change: QuotaChange, actor: Actor): Promise<WorkspaceView | null>
}
