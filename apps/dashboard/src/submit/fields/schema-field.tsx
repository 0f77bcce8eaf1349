import { useForm, spokenPlace } from '../form.ts'
import { changesOf } from '../form-schema.ts'
import { fieldOf, type Field } from '../schema-field.ts'
import { isObject, textOf } from '../schema.ts'
import { anyValue } from './any-value.ts'
import { Folded } from './folded.tsx'
import type { FieldProps } from './field-props.ts'
import { FieldHelp } from './field-help.tsx'
import { ListEditor } from './list-editor.tsx'
import { MapEditor } from './map-editor.tsx'
import { ScalarField } from './scalar-field.tsx'
import { SchemaFields } from './schema-fields.tsx'
import { ShapeField } from './shape-field.tsx'
import { TupleField } from './tuple-field.tsx'
import { VariantFields } from './variant-fields.tsx'

/** The input, or the group of inputs, for one value of a spec. */
export function SchemaField(props: FieldProps) {
  const { spec } = useForm()
  const changed = textOf(props.schema[changesOf])
  if (changed !== undefined) return <ChangeFields {...props} base={spec[changed]} />
  return <PlainField {...props} />
}

/** Fields for what differs from another part of the spec. */
function ChangeFields({ schema, label, path, value, base }: FieldProps) {
  const { [changesOf]: _, ...plain } = schema
  const field = fieldOf(plain)
  const shared = { path, value, base, isSparse: true }
  return (
    <div role="group" className="changes" aria-label={spokenPlace(path)}>
      <p className="field-title">{label}</p>
      <FieldHelp schema={schema} />
      {field.kind === 'group' && <SchemaFields {...shared} properties={field.properties} />}
      {field.kind === 'variants' && <VariantFields {...shared} field={field} />}
    </div>
  )
}

function PlainField(props: FieldProps) {
  const { schema, value } = props
  const field: Field = fieldOf(schema)
  switch (field.kind) {
    case 'group':
      return (
        <Folded {...props}>
          <SchemaFields {...props} properties={field.properties} />
        </Folded>
      )
    case 'variants':
      return (
        <Folded {...props}>
          <VariantFields {...props} field={field} />
        </Folded>
      )
    case 'list':
      return <ListEditor {...props} field={field} />
    case 'map':
      return <MapEditor {...props} field={field} />
    case 'tuple':
      return <TupleField {...props} items={field.items} />
    case 'shapes':
      return <ShapeField {...props} shapes={field.shapes} />
    case 'any':
      return isCollection(value) ? (
        <PlainField {...props} schema={anyValue(value, schema)} />
      ) : (
        <ScalarField {...props} field={field} />
      )
    default:
      return <ScalarField {...props} field={field} />
  }
}

const isCollection = (value: unknown): boolean => Array.isArray(value) || isObject(value)
