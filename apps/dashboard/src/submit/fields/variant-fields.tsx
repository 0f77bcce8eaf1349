import { useMemo, type ReactNode } from 'react'
import { Prose } from '../../design/prose.tsx'
import { fieldId, FormContext, useForm, type Form } from '../form.ts'
import { chosenVariant, type VariantsField } from '../schema-field.ts'
import { isObject } from '../schema.ts'
import type { SpecEdit } from '../spec-edit.ts'
import { issuesAt } from '../spec-issues.ts'
import type { SpecPath } from '../spec-text.ts'
import { presentVariant, variantToWrite, withVariant, type VariantValue } from '../variant-values.ts'
import { FieldIssues } from './field-issues.tsx'
import type { FieldProps } from './field-props.ts'
import { ForeignOption } from './foreign-option.tsx'
import { shownValue } from './scalar-text.ts'
import { SchemaFields } from './schema-fields.tsx'

type Props = Pick<FieldProps, 'path' | 'value' | 'base' | 'isSparse' | 'isRequired'> & {
  readonly field: VariantsField
  /** What is set if nothing is chosen, to be told. */
  readonly schema?: FieldProps['schema']
}

/** A choice of the variant, and the fields that it has. */
export function VariantFields({ field, path, value, base, isSparse = false, schema, isRequired = false }: Props) {
  const form = useForm()
  const { by, variants } = field
  const given = useMemo(
    () => ({ by, value, inherited: base ?? schema?.['default'], isSparse }),
    [by, value, base, schema, isSparse],
  )
  const id = fieldId([...path, by])
  const inherited = chosenVariant(given.inherited, by)
  const present = presentVariant(given)
  const variant = variants.find(({ name }) => name === present)
  const inner = useMemo(() => withVariantWritten(form, path, given), [form, path, given])
  const choose = (name: string): void => form.edit({ kind: 'set', path, value: withVariant(name, given, field) })
  return (
    <>
      <div className="schema-field">
        <label htmlFor={id}>{by}</label>
        <VariantSelect {...{ id, field, value }} onChoose={choose}>
          {inherited === '' ? (isRequired ? 'choose…' : 'default') : `default: ${inherited}`}
        </VariantSelect>
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

type SelectProps = {
  readonly id: string
  readonly field: VariantsField
  readonly value: unknown
  readonly onChoose: (name: string) => void
  /** What is said where nothing is chosen. */
  readonly children: ReactNode
}

function VariantSelect({ id, field: { by, variants }, value, onChoose, children }: SelectProps) {
  const chosen = isObject(value) ? shownValue(value[by]) : shownValue(value)
  return (
    <select id={id} value={chosen} onChange={({ target }) => onChoose(target.value)}>
      <option value="">{children}</option>
      <ForeignOption value={chosen} isKnown={variants.some(({ name }) => name === chosen)} />
      {variants.map(({ name }) => (
        <option key={name}>{name}</option>
      ))}
    </select>
  )
}

/** The form in which a field's change first writes down the variant that it belongs to, where the text does not. */
function withVariantWritten(form: Form, path: SpecPath, given: VariantValue): Form {
  const name = variantToWrite(given)
  if (name === undefined) return form
  const edit = (change: SpecEdit): void => {
    form.edit({ kind: 'set', path: [...path, given.by], value: name })
    form.edit(change)
  }
  return { ...form, edit }
}
