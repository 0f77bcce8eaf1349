import type { DeletionPreview, LabelChange, NoteChange } from '@goalpost/contracts'
import type { Actor } from './api-key-store.ts'
import type { ChangeOutcome } from './experiment-changes.ts'

export type WhichExperiment = { readonly workspaceId: string; readonly id: string }

/** Conditions of a change, and its author for the audit log. */
export type Changing = { readonly actor: Actor; readonly expectedRevision?: number | undefined }

export type DeletionOutcome = { readonly ok: true } | Extract<ChangeOutcome, { ok: false }>

/** What becomes of experiments after their work. Each change and its audit event are one transaction. */
export type ExperimentLifecycle = {
  /** Hides it from lists, or shows it again. Idempotent. */
  setArchived(which: WhichExperiment, archived: boolean, changing: Changing): Promise<ChangeOutcome>
  /**
   * Its tasks wait, unless another experiment wants them too; running ones stop at a checkpoint. Or lets them go on.
   * Idempotent. `state-conflict` if it has ended.
   */
  setPaused(which: WhichExperiment, paused: boolean, changing: Changing): Promise<ChangeOutcome>
  /** Of its tasks that have not started. Idempotent. */
  setPriority(which: WhichExperiment, priority: number, changing: Changing): Promise<ChangeOutcome>
  /** A text that the contract's `deadline` accepts, or null for none. `state-conflict` if it has passed. Idempotent. */
  setDeadline(which: WhichExperiment, deadline: string | null, changing: Changing): Promise<ChangeOutcome>
  /** `state-conflict` if it would have too many labels. */
  setLabels(which: WhichExperiment, labels: LabelChange, changing: Changing): Promise<ChangeOutcome>
  /** `stale-version` if the note is not the `previous` one. */
  setNote(which: WhichExperiment, change: NoteChange, changing: Changing): Promise<ChangeOutcome>
  /** The id of the experiment of that name. */
  findExternal(workspaceId: string, externalId: string): Promise<string | null>
  /** The id of the newest experiment with that name, also an archived one, that is no verification of another. */
  findNamed(workspaceId: string, name: string): Promise<string | null>
  /** What `delete` would remove, and why it would be refused. Null if there is no such experiment. */
  previewDeletion(which: WhichExperiment): Promise<DeletionPreview | null>
  /**
   * Removes it with its runs and events. Tasks that no other experiment has, and then their files, are removed by
   * the next collections. `state-conflict` while it runs, and if a gate run is based on it.
   */
  delete(which: WhichExperiment, changing: Changing): Promise<DeletionOutcome>
}
