import type { Schema } from '../schema.ts'
import type { SpecPath } from '../spec-text.ts'

/** What each field is given. */
export type FieldProps = {
  readonly schema: Schema
  /** As it is shown. */
  readonly label: string
  readonly path: SpecPath
  /** `undefined` if it is not set. */
  readonly value: unknown
  readonly isRequired?: boolean
  /** What holds where a field is not set, if not its default. */
  readonly base?: unknown
  /** Whether only what is set is shown, with a choice of what else could be. */
  readonly isSparse?: boolean
}
