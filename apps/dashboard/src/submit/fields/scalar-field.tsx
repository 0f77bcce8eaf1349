import { fieldId, useForm } from '../form.ts'
import { issuesAt } from '../spec-issues.ts'
import type { Field } from '../schema-field.ts'
import { pointerOf } from '../spec-text.ts'
import { FieldHead } from './field-head.tsx'
import { FieldHelp } from './field-help.tsx'
import { FieldIssues } from './field-issues.tsx'
import type { FieldProps } from './field-props.ts'
import { ScalarInput } from './scalar-input.tsx'
import { shownValue } from './scalar-text.ts'

/** A label, an input, its description, and what is wrong with it. */
export function ScalarField({
  schema,
  label,
  path,
  value,
  base,
  isRequired = false,
  isSparse = false,
  field,
}: FieldProps & { readonly field: Field }) {
  const form = useForm()
  const issues = issuesAt(form.issues, path)
  const id = fieldId(path)
  const helpId = `help${pointerOf(path)}`
  const issuesId = `issues${pointerOf(path)}`
  const inherited = base ?? schema['default']
  const fallback = inherited === undefined ? (isRequired ? 'required' : '') : shownValue(inherited)
  const isHelped = typeof schema['description'] === 'string'
  return (
    <div className="schema-field">
      <FieldHead {...{ label, path, isSparse }}>
        <label htmlFor={id}>{label}</label>
      </FieldHead>
      <ScalarInput
        {...{ id, field, value, fallback }}
        describedBy={[...(isHelped ? [helpId] : []), ...(issues.length > 0 ? [issuesId] : [])].join(' ')}
        isInvalid={issues.length > 0}
        onChange={(next) => form.edit({ kind: 'set', path, value: next })}
      />
      <FieldIssues issues={issues} id={issuesId} />
      <FieldHelp schema={schema} id={helpId} />
    </div>
  )
}
