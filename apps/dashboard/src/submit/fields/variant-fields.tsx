import { useMemo } from 'react'
import { Prose } from '../../design/prose.tsx'
import { fieldId, FormContext, useForm, type Form } from '../form.ts'
import { chosenVariant, type VariantsField } from '../schema-field.ts'
import { isObject } from '../schema.ts'
import type { SpecEdit } from '../spec-edit.ts'
import { issuesAt } from '../spec-issues.ts'
import type { SpecPath } from '../spec-text.ts'
import { FieldIssues } from './field-issues.tsx'
import type { FieldProps } from './field-props.ts'
import { SchemaFields } from './schema-fields.tsx'

type Props = Pick<FieldProps, 'path' | 'value' | 'base' | 'isSparse' | 'isRequired'> & {
  readonly field: VariantsField
  /** What is set if nothing is chosen, to be told. */
  readonly schema?: FieldProps['schema']
}

/** A choice of the variant, and the fields that it has. */
export function VariantFields({
  field: { by, variants },
  path,
  value,
  base,
  isSparse = false,
  schema,
  isRequired = false,
}: Props) {
  const form = useForm()
  const id = fieldId([...path, by])
  const chosen = chosenVariant(value, by)
  const inherited = chosenVariant(base ?? schema?.['default'], by)
  const variant = variants.find(({ name }) => name === (chosen === '' ? inherited : chosen))
  const inner = useMemo(() => fromName(form, path, value, by), [form, path, value, by])
  const choose = (name: string): void => form.edit({ kind: 'set', path, value: withVariant(name, value, by, isSparse) })
  return (
    <>
      <div className="schema-field">
        <label htmlFor={id}>{by}</label>
        <select id={id} value={chosen} onChange={({ target }) => choose(target.value)}>
          <option value="">{inherited === '' ? (isRequired ? 'choose…' : 'default') : `default: ${inherited}`}</option>
          {variants.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </select>
        <FieldIssues issues={issuesAt(form.issues, [...path, by])} />
        {variant?.description !== undefined && (
          <small>
            <Prose text={variant.description} />
          </small>
        )}
      </div>
      {variant !== undefined && (
        <FormContext value={inner}>
          <SchemaFields {...{ path, value, base, isSparse }} properties={variant.properties} />
        </FormContext>
      )}
    </>
  )
}

/** Another variant has other fields: what was set for the one before goes, unless only changes are written down. */
function withVariant(name: string, value: unknown, by: string, isSparse: boolean): unknown {
  const kept = isSparse && isObject(value) ? value : {}
  if (name !== '') return { ...kept, [by]: name }
  const { [by]: _, ...rest } = kept
  return Object.keys(rest).length === 0 ? undefined : rest
}

/** A variant that is only named has no place for further fields: with the first, it becomes an object. */
function fromName(form: Form, path: SpecPath, value: unknown, by: string): Form {
  if (typeof value !== 'string') return form
  const edit = (change: SpecEdit): void => {
    form.edit({ kind: 'set', path, value: { [by]: value } })
    form.edit(change)
  }
  return { ...form, edit }
}
