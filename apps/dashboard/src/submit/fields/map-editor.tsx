import { blankOf } from '../blank-value.ts'
import { fieldId, focusField, useForm, spokenPlace } from '../form.ts'
import type { MapField } from '../schema-field.ts'
import { objectOf } from '../schema.ts'
import { issuesAt } from '../spec-issues.ts'
import { pointerOf } from '../spec-text.ts'
import { FieldHead } from './field-head.tsx'
import { FieldHelp } from './field-help.tsx'
import { FieldIssues } from './field-issues.tsx'
import type { FieldProps } from './field-props.ts'
import { NewName } from './new-name.tsx'
import { MapEntry } from './map-entry.tsx'

type Props = FieldProps & { readonly field: MapField }

/** The members of an object whose names are free, to add, rename and remove. */
export function MapEditor({ schema, label, path, value, base, field, isSparse = false }: Props) {
  const { edit, issues } = useForm()
  const members = objectOf(value)
  const names = Object.keys(members)
  const inherited = objectOf(base ?? schema['default'])
  const isUnset = names.length === 0 && Object.keys(inherited).length > 0
  const schemaFor = (name: string) => (Object.hasOwn(field.known, name) ? field.known[name] : undefined) ?? field.values
  const add = (name: string): void => {
    edit({ kind: 'set', path: [...path, name], value: blankOf(schemaFor(name)) })
    requestAnimationFrame(() => focusField(pointerOf([...path, name])))
  }
  return (
    <div role="group" className="schema-field list" aria-label={spokenPlace(path)}>
      <FieldHead {...{ label, path, isSparse }} fallback={isUnset ? inherited : undefined} />
      <FieldHelp schema={schema} />
      <FieldIssues issues={issuesAt(issues, path, names)} />
      {names.length > 0 && (
        <ul className="items">
          {names.map((name) => (
            <MapEntry
              key={name}
              schema={schemaFor(name)}
              path={path}
              name={name}
              value={members[name]}
              isLast={names.length === 1}
            />
          ))}
        </ul>
      )}
      <NewName
        id={fieldId(path)}
        label={label}
        suggestions={field.suggestions.filter((name) => !names.includes(name))}
        taken={names}
        onAdd={add}
      />
    </div>
  )
}
