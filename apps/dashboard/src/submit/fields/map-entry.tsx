import { useState } from 'react'
import { useForm } from '../form.ts'
import { fieldOf } from '../schema-field.ts'
import type { Schema } from '../schema.ts'
import { pointerOf, type SpecPath } from '../spec-text.ts'
import { IconButton } from './icon-button.tsx'
import { ScalarInput } from './scalar-input.tsx'

type Props = {
  readonly schema: Schema
  /** Of the object. */
  readonly path: SpecPath
  readonly name: string
  readonly value: unknown
  /** The names of all members. */
  readonly taken: readonly string[]
  readonly onRename: (to: string) => void
  readonly onRemove: () => void
}

const nameField = { kind: 'text', suggestions: [] } as const

/** A member of an object: its name, which can be changed, and its value. */
export function MapEntry({ schema, path, name, value, taken, onRename, onRemove }: Props) {
  const { Field } = useForm()
  const [problem, setProblem] = useState<string | null>(null)
  const at = [...path, name]
  const id = `name${pointerOf(at)}`
  const problemId = `problem${pointerOf(at)}`
  const rename = (given: unknown): void => {
    const to = typeof given === 'string' ? given.trim() : ''
    const found = nameProblem(to, name, taken)
    setProblem(found)
    if (found === null) onRename(to)
  }
  return (
    <li className="item map-entry">
      <div className="schema-field">
        <label htmlFor={id}>name</label>
        <ScalarInput
          {...{ id, fallback: '' }}
          field={nameField}
          value={name}
          describedBy={problem === null ? '' : problemId}
          isInvalid={problem !== null}
          onChange={rename}
        />
        {problem !== null && (
          <small id={problemId} className="problem" role="alert">
            {problem}
          </small>
        )}
      </div>
      <Field {...{ schema, value }} label={fieldOf(schema).kind === 'list' ? name : 'value'} path={at} />
      <span className="item-buttons">
        <IconButton part="remove" mark="✕" label={`Remove ${name}`} run={onRemove} />
      </span>
    </li>
  )
}

/** Why a member cannot have another name. */
export function nameProblem(to: string, name: string, taken: readonly string[]): string | null {
  if (to === '') return `A name is needed: it is still ${name}`
  return to !== name && taken.includes(to) ? `${to} exists already: this is still ${name}` : null
}
