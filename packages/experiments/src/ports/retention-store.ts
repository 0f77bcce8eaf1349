import type { Retention, RetentionChange } from '@goalpost/contracts'
import type { Actor } from './api-key-store.ts'

/** For the API. Implemented by packages/store. */
export type RetentionStore = {
  retention(workspaceId: string): Promise<Retention>
  /** With an audit event, if anything changes. */
  setRetention(workspaceId: string, change: RetentionChange, actor: Actor): Promise<Retention>
}

/** How much the rules have removed. */
export type Trimmed = {
  readonly points: number
  readonly logs: number
  readonly events: number
  readonly checkpoints: number
}
