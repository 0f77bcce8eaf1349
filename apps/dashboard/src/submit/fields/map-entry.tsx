import { useForm } from '../form.ts'
import { fieldOf } from '../schema-field.ts'
import type { Schema } from '../schema.ts'
import { pointerOf, type SpecPath } from '../spec-text.ts'
import { ScalarInput } from './scalar-input.tsx'

type Props = {
  readonly schema: Schema
  /** Of the object. */
  readonly path: SpecPath
  readonly name: string
  readonly value: unknown
  /** Whether nothing is left without it. */
  readonly isLast: boolean
}

const nameField = { kind: 'text', suggestions: [] } as const

/** A member of an object: its name, which can be changed, and its value. */
export function MapEntry({ schema, path, name, value, isLast }: Props) {
  const { edit, Field } = useForm()
  const at = [...path, name]
  const id = `name${pointerOf(at)}`
  const rename = (to: unknown): void => {
    if (typeof to === 'string' && to.trim() !== '') edit({ kind: 'rename', path, from: name, to: to.trim() })
  }
  return (
    <li className="item map-entry">
      <div className="schema-field">
        <label htmlFor={id}>name</label>
        <ScalarInput
          {...{ id, fallback: '' }}
          field={nameField}
          value={name}
          describedBy=""
          isInvalid={false}
          onChange={rename}
        />
      </div>
      <Field {...{ schema, value }} label={fieldOf(schema).kind === 'list' ? name : 'value'} path={at} />
      <span className="item-buttons">
        <button
          type="button"
          className="small"
          aria-label={`Remove ${name}`}
          title={`Remove ${name}`}
          onClick={() => edit({ kind: 'set', path: isLast ? path : at, value: undefined })}
        >
          <span aria-hidden="true">✕</span>
        </button>
      </span>
    </li>
  )
}
