import { useState } from 'react'
import { fieldId, useForm } from '../form.ts'
import { fieldOf } from '../schema-field.ts'
import { objectOf, type Schema } from '../schema.ts'
import { issuesBelow } from '../spec-issues.ts'
import type { SpecPath } from '../spec-text.ts'
import { ItemButtons } from './item-buttons.tsx'
import { SchemaFields } from './schema-fields.tsx'
import { VariantFields } from './variant-fields.tsx'

type Props = Omit<React.ComponentProps<typeof ItemButtons>, 'name'> & {
  readonly schema: Schema
  readonly path: SpecPath
  readonly value: unknown
  /** E.g. `conditions 2`. */
  readonly name: string
  readonly isOpenAtFirst: boolean
}

/** One item of a list: an input, or a group of fields to open. */
export function ListItem({ schema, path, value, name, isOpenAtFirst, ...buttons }: Props) {
  const { Field } = useForm()
  const field = fieldOf(schema)
  const isGroup = field.kind === 'group' || field.kind === 'variants'
  if (isGroup) return <GroupItem {...{ schema, path, value, name, isOpenAtFirst, ...buttons }} />
  // The list says once what its values are.
  const { description: _, ...plain } = schema
  return (
    <li className="item item-scalar">
      <Field {...{ path, value }} schema={plain} label={name} />
      <ItemButtons name={name} {...buttons} />
    </li>
  )
}

function GroupItem({ schema, path, value, name, isOpenAtFirst, ...buttons }: Props) {
  const { issues } = useForm()
  const [isChosenOpen, setOpen] = useState(isOpenAtFirst)
  const field = fieldOf(schema)
  const isOpen = isChosenOpen || issuesBelow(issues, path).length > 0
  const title = titleOf(value)
  return (
    <li className="item" aria-label={name}>
      <div className="group-head">
        <button
          type="button"
          className="fold"
          id={fieldId(path)}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {title === '' ? name : title}
        </button>
        <ItemButtons name={name} {...buttons} />
      </div>
      {isOpen && (
        <div className="group-body">
          {field.kind === 'group' && <SchemaFields {...{ path, value }} properties={field.properties} />}
          {field.kind === 'variants' && <VariantFields {...{ path, value, field }} isRequired />}
        </div>
      )}
    </li>
  )
}

/** The first text of an object, which usually names it. */
const titleOf = (value: unknown): string =>
  String(Object.values(objectOf(value)).find((each) => typeof each === 'string') ?? '')
