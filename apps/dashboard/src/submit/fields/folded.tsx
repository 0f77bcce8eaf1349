import type { ReactNode } from 'react'
import { fieldId, spokenPlace } from '../form.ts'
import type { FieldProps } from './field-props.ts'
import { FieldHelp } from './field-help.tsx'
import { RemoveButton } from './remove-button.tsx'
import { useOpen } from './use-open.ts'

type Props = Pick<FieldProps, 'schema' | 'label' | 'path' | 'value' | 'isRequired'> & { readonly children: ReactNode }

/** A group of fields to open; it is open at first if it is set, and opens when something in it becomes wrong. */
export function Folded({ schema, label, path, value, isRequired = false, children }: Props) {
  const isSet = value !== undefined
  const { setOpen, ...state } = useOpen(path, null)
  const isOpen = state.isOpen ?? isSet
  return (
    <div role="group" className="schema-group" aria-label={spokenPlace(path)}>
      <div className="group-head">
        <button
          type="button"
          className="fold"
          id={fieldId(path)}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
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
