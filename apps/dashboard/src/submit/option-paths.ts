import { chosenVariant, fieldOf, type Property } from './schema-field.ts'
import { objectOf, type Schema } from './schema.ts'

/** An option of a protocol by its dotted path, e.g. `train.rate`. */
export type OptionPath = { readonly path: string; readonly schema: Schema }

/** Every option that the chosen variants have; lists and maps are one option. */
export function optionPaths(schema: Schema, options: unknown): OptionPath[] {
  const below = (property: Property): OptionPath[] => {
    const value = objectOf(options)[property.name] ?? property.schema['default']
    const inner = optionPaths(property.schema, value)
    if (inner.length === 0) return [{ path: property.name, schema: property.schema }]
    return inner.map(({ path, schema: at }) => ({ path: `${property.name}.${path}`, schema: at }))
  }
  return shownProperties(schema, options).flatMap(below)
}

/** The properties of a group, or of the variant that the value has. */
function shownProperties(schema: Schema, value: unknown): readonly Property[] {
  const field = fieldOf(schema)
  if (field.kind === 'group') return field.properties
  if (field.kind !== 'variants') return []
  const chosen = chosenVariant(value, field.by)
  return [
    { name: field.by, schema: { enum: field.variants.map(({ name }) => name) }, isRequired: true },
    ...(field.variants.find(({ name }) => name === chosen)?.properties ?? []),
  ]
}
