import type { InputIssue } from '@goalpost/contracts'
import { createContext, useContext, type ComponentType } from 'react'
import type { FieldProps } from './fields/field-props.ts'
import type { Schema } from './schema.ts'
import type { SpecEdit } from './spec-edit.ts'
import { pointerOf, type SpecPath } from './spec-text.ts'

/** What all fields of a form share. */
export type Form = {
  readonly spec: Schema
  readonly issues: readonly InputIssue[]
  readonly edit: (edit: SpecEdit) => void
  /** The field for a value. It comes from here, as fields contain fields. */
  readonly Field: ComponentType<FieldProps>
}

export const FormContext = createContext<Form | null>(null)

export function useForm(): Form {
  const form = useContext(FormContext)
  if (form === null) throw new Error('a field stands outside of its form')
  return form
}

/** The id of the input for a place. */
export const fieldId = (path: SpecPath): string => `field${pointerOf(path)}`

/** A place as screen readers say it, e.g. `conditions 1 options`: people count from one. */
export const spokenPlace = (path: SpecPath): string =>
  path.map((part) => (typeof part === 'number' ? part + 1 : part)).join(' ')

/** Moves the focus to the input for a place, or for the nearest place around it that has one. */
export function focusField(pointer: string): void {
  for (let at = pointer; ; at = at.slice(0, at.lastIndexOf('/'))) {
    const field = document.getElementById(`field${at}`)
    if (field !== null) return field.focus()
    if (!at.includes('/')) return
  }
}
