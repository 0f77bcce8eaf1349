import { blankOf } from '../blank-value.ts'
import { useForm, spokenPlace } from '../form.ts'
import type { Schema } from '../schema.ts'
import { issuesAt } from '../spec-issues.ts'
import { FieldIssues } from './field-issues.tsx'
import type { FieldProps } from './field-props.ts'
import { FieldHelp } from './field-help.tsx'

/** A list of a fixed length: its fields stand side by side. */
export function TupleField({ schema, label, path, value, items }: FieldProps & { readonly items: readonly Schema[] }) {
  const { edit, issues, Field } = useForm()
  const isSet = Array.isArray(value)
  return (
    <div role="group" className="schema-field" aria-label={spokenPlace(path)}>
      <p className="field-title">{label}</p>
      {isSet ? (
        <div className="tuple">
          {items.map((item, index) => (
            // The place is what the member means.
            <Field
              key={index}
              schema={item}
              label={`${label} ${index + 1}`}
              path={[...path, index]}
              value={value[index]}
            />
          ))}
        </div>
      ) : (
        <button type="button" className="small" onClick={() => edit({ kind: 'set', path, value: items.map(blankOf) })}>
          Set {label}
        </button>
      )}
      <FieldIssues issues={issuesAt(issues, path, isSet ? [...items.keys()] : [])} />
      <FieldHelp schema={schema} />
    </div>
  )
}
