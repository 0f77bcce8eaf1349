import { useState } from 'react'
import { blankOf } from '../blank-value.ts'
import { focusField, useForm, spokenPlace } from '../form.ts'
import { fieldOf, type Property } from '../schema-field.ts'
import { objectOf } from '../schema.ts'
import { pointerOf, type SpecPath } from '../spec-text.ts'

type Props = { readonly properties: readonly Property[]; readonly path: SpecPath; readonly base: unknown }

/** A choice of the properties that are not set. One that is added starts at its present value. */
export function AddProperty({ properties, path, base }: Props) {
  const { edit } = useForm()
  const [chosen, setChosen] = useState('')
  const property = properties.find(({ name }) => name === chosen) ?? properties[0]
  if (property === undefined) return null
  const at = [...path, property.name]
  const add = (): void => {
    edit({ kind: 'set', path: at, value: startOf(property, base) })
    setChosen('')
    requestAnimationFrame(() => focusField(pointerOf(at)))
  }
  return (
    <div className="add-row">
      <select
        aria-label={`Fields to add to ${spokenPlace(path)}`}
        value={property.name}
        onChange={({ target }) => setChosen(target.value)}
      >
        {properties.map(({ name }) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      <button type="button" className="small" onClick={add}>
        Add field
      </button>
    </div>
  )
}

/** Groups start empty, as their members are added one by one. */
function startOf({ name, schema }: Property, base: unknown): unknown {
  const present = objectOf(base)[name]
  const { kind } = fieldOf(schema)
  if (kind === 'group' || (kind === 'variants' && present !== undefined)) return {}
  return present ?? blankOf(schema)
}
