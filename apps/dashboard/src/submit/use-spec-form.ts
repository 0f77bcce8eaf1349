import { useMemo, useState } from 'react'
import { SchemaField } from './fields/schema-field.tsx'
import type { Form } from './form.ts'
import { editSpec } from './spec-edit.ts'
import { faultsOf, usePreview } from './use-preview.ts'
import { rewrite } from './written-spec.ts'

/** The text is the one state: the form writes into it, and reads from it. */
export function useSpecForm(start: string) {
  const [written, setWritten] = useState(() => rewrite(undefined, start))
  const [restarts, setRestarts] = useState(0)
  const { text, value: spec } = written
  const isReadable = written.faults.length === 0
  const { preview, issues } = usePreview({ text, isReadable, start: restarts })
  const faults = useMemo(
    () => (written.faults.length > 0 ? written.faults : faultsOf(issues, written.text)),
    [issues, written],
  )
  const form = useMemo<Form>(
    () => ({
      spec,
      issues,
      edit: (edit) => setWritten((now) => rewrite(now, editSpec(now.text, edit))),
      Field: SchemaField,
    }),
    [spec, issues],
  )
  const setText = (next: string): void => setWritten((now) => rewrite(now, next))
  const restart = (chosen: string): void => {
    setText(chosen)
    setRestarts((before) => before + 1)
  }
  return { text, isReadable, preview, faults, form, restarts, setText, restart }
}
