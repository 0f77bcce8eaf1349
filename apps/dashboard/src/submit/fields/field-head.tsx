import type { ReactNode } from 'react'
import type { SpecPath } from '../spec-text.ts'
import { RemoveButton } from './remove-button.tsx'
import { shownValue } from './scalar-text.ts'

type Props = {
  readonly label: string
  readonly path: SpecPath
  /** What holds, where that is to be said. */
  readonly fallback?: unknown
  /** Whether it can be taken out here. */
  readonly isSparse: boolean
  /** The label, if it belongs to an input. */
  readonly children?: ReactNode
}

/** The title of a field, with its default and what takes it out. */
export function FieldHead({ label, path, fallback, isSparse, children }: Props) {
  return (
    <span className="field-head">
      {children ?? <span className="field-title">{label}</span>}
      {fallback !== undefined && <small>default: {shownValue(fallback)}</small>}
      {isSparse && <RemoveButton {...{ path, label }} />}
    </span>
  )
}
