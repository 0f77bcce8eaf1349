import { Prose } from '../design/prose.tsx'
import { parse, stringify } from 'yaml'
import type { SpecPath } from './spec-text.ts'
import { chosenVariant, fieldOf, schemaOf, textOf, type Field, type Property } from './schema-field.ts'

type Change = (path: SpecPath, value: unknown) => void
type Props = {
  readonly properties: readonly Property[]
  readonly path: SpecPath
  readonly value: unknown
  readonly onChange: Change
}

/** Inputs for the properties of an object; nested objects are folded. Empty inputs leave the default. */
export function SchemaFields({ properties, path, value, onChange }: Props) {
  const values = schemaOf(value)
  return (
    <div className="fields">
      {properties.map((property) => (
        <SchemaField
          key={property.name}
          property={property}
          path={[...path, property.name]}
          value={values[property.name]}
          onChange={onChange}
        />
      ))}
    </div>
  )
}

type FieldProps = Omit<Props, 'properties'> & { readonly property: Property }

function SchemaField({ property: { name, schema, isRequired }, path, value, onChange }: FieldProps) {
  const field = fieldOf(schema)
  const help = textOf(schema['description'])
  if (field.kind === 'group')
    return (
      <Folded title={name} isSet={value !== undefined}>
        <SchemaFields {...{ path, value, onChange }} properties={field.properties} />
      </Folded>
    )
  if (field.kind === 'variants') return <Variants {...{ name, help, field, path, value, onChange }} />
  const id = path.join('-')
  const fallback = schema['default'] === undefined ? (isRequired ? 'required' : '') : shownDefault(schema['default'])
  return (
    <div className="schema-field">
      <label htmlFor={id}>{name}</label>
      <Input {...{ id, field, value, fallback }} onChange={(next) => onChange(path, next)} />
      {help !== undefined && (
        <small>
          <Prose text={help} />
        </small>
      )}
    </div>
  )
}

const shownDefault = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

function Folded({
  title,
  isSet,
  children,
}: {
  readonly title: string
  readonly isSet: boolean
  readonly children: React.ReactNode
}) {
  return (
    <details className="schema-group" open={isSet}>
      <summary>{title}</summary>
      {children}
    </details>
  )
}

type VariantsProps = Omit<FieldProps, 'property'> & {
  readonly name: string
  readonly help: string | undefined
  readonly field: Extract<Field, { kind: 'variants' }>
}

function Variants({ name, help, field: { by, variants }, path, value, onChange }: VariantsProps) {
  const id = path.join('-')
  const chosen = chosenVariant(value, by)
  const variant = variants.find((each) => each.name === chosen)
  const isName = typeof value === 'string'
  /** A name has no place for further options: it becomes the object that it stands for. */
  const change: Change = (at, next) =>
    isName ? onChange(path, { [by]: chosen, [String(at.at(-1))]: next }) : onChange(at, next)
  return (
    <Folded title={name} isSet={value !== undefined}>
      <div className="schema-field">
        <label htmlFor={id}>{by}</label>
        <select
          id={id}
          value={chosen}
          onChange={({ target }) => onChange(path, target.value === '' ? undefined : { [by]: target.value })}
        >
          <option value="">default</option>
          {variants.map((each) => (
            <option key={each.name}>{each.name}</option>
          ))}
        </select>
        {(variant?.description ?? help) !== undefined && (
          <small>
            <Prose text={variant?.description ?? help ?? ''} />
          </small>
        )}
      </div>
      {variant !== undefined && <SchemaFields {...{ path, value }} onChange={change} properties={variant.properties} />}
    </Folded>
  )
}

type InputProps = {
  readonly id: string
  readonly field: Field
  readonly value: unknown
  /** What holds if it is left empty. */
  readonly fallback: string
  readonly onChange: (value: unknown) => void
}

function Input({ id, field, value, fallback, onChange }: InputProps) {
  if (field.kind === 'toggle' || field.kind === 'choice') {
    const options = field.kind === 'choice' ? field.options : ['true', 'false']
    const read = (text: string): unknown => (text === '' ? undefined : field.kind === 'choice' ? text : text === 'true')
    return (
      <select id={id} value={shown(value, field)} onChange={({ target }) => onChange(read(target.value))}>
        <option value="">{fallback === '' ? 'not set' : `default: ${fallback}`}</option>
        {options.map((option) => (
          <option key={option}>{option}</option>
        ))}
      </select>
    )
  }
  const text = shown(value, field)
  const bounds = field.kind === 'number' ? { min: field.low, max: field.high, step: field.whole ? 1 : 'any' } : {}
  return (
    <input
      key={text}
      id={id}
      placeholder={fallback}
      defaultValue={text}
      {...bounds}
      type={field.kind === 'number' ? 'number' : 'text'}
      onBlur={({ target }) => {
        if (target.value !== text) onChange(readInput(target.value, field))
      }}
    />
  )
}

function shown(value: unknown, field: Field): string {
  if (value === undefined) return ''
  if (field.kind === 'yaml') return stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trim()
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** A text that is no YAML is kept as it is: the preview then names what is wrong. */
function readInput(text: string, field: Field): unknown {
  if (text.trim() === '') return undefined
  if (field.kind === 'number') return Number(text)
  if (field.kind !== 'yaml') return text
  try {
    return parse(text)
  } catch {
    return text
  }
}
