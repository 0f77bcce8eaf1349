import { useState, type ReactNode } from 'react'
import { fieldId, useForm, spokenPlace } from '../form.ts'
import { issuesBelow } from '../spec-issues.ts'
import type { FieldProps } from './field-props.ts'
import { FieldHelp } from './field-help.tsx'
import { RemoveButton } from './remove-button.tsx'

type Props = Pick<FieldProps, 'schema' | 'label' | 'path' | 'value' | 'isRequired'> & { readonly children: ReactNode }

/** A group of fields to open; it is open at first if it is set, and whenever something in it becomes wrong. */
export function Folded({ schema, label, path, value, isRequired = false, children }: Props) {
  const { issues } = useForm()
  const isSet = value !== undefined
  const [choice, setChoice] = useState<boolean | null>(null)
  const isOpen = issuesBelow(issues, path).length > 0 || (choice ?? isSet)
  return (
    <div role="group" className="schema-group" aria-label={spokenPlace(path)}>
      <div className="group-head">
        <button
          type="button"
          className="fold"
          id={fieldId(path)}
          aria-expanded={isOpen}
          onClick={() => setChoice(!isOpen)}
        >
          {label}
        </button>
        {!isSet && <small>{schema['default'] === undefined ? 'not set' : 'default'}</small>}
        {isSet && !isRequired && <RemoveButton {...{ path, label }} />}
      </div>
      {isOpen && (
        <div className="group-body">
          <FieldHelp schema={schema} />
          {children}
        </div>
      )}
    </div>
  )
}
