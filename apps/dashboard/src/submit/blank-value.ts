import { fieldOf, type Property, type Shape } from './schema-field.ts'
import { hasConstant, isObject, objectOf, type Schema } from './schema.ts'

/** What a newly added field holds: its default, or the smallest value that it can have. */
export function blankOf(schema: Schema): unknown {
  if (schema['default'] !== undefined) return schema['default']
  const field = fieldOf(schema)
  switch (field.kind) {
    case 'choice':
      return field.options[0]
    case 'toggle':
      return false
    case 'number':
      return field.low ?? (typeof schema['exclusiveMinimum'] === 'number' ? schema['exclusiveMinimum'] + 1 : 0)
    case 'group':
      return blankGroup(field.properties)
    case 'variants': {
      const [first] = field.variants
      return { [field.by]: first?.name ?? '', ...blankGroup(first?.properties ?? []) }
    }
    case 'list':
      return schema['minItems'] === undefined ? [] : [blankOf(field.items)]
    case 'tuple':
      return field.items.map(blankOf)
    case 'map':
      return {}
    case 'shapes':
      return blankOf(field.shapes[0]?.schema ?? {})
    case 'text':
    case 'any':
      return ''
  }
}

const blankGroup = (properties: readonly Property[]): Schema =>
  Object.fromEntries(
    properties.filter(({ isRequired }) => isRequired).map(({ name, schema }) => [name, blankOf(schema)]),
  )

/** The first shape that a value has. */
export function shapeOf(value: unknown, shapes: readonly Shape[]): Shape | undefined {
  return shapes.find(({ schema }) => fits(value, schema))
}

/** Whether a value has the form that a schema describes; bounds and patterns are not checked. */
function fits(value: unknown, schema: Schema): boolean {
  if (hasConstant(schema)) return schema['const'] === value
  if (Array.isArray(schema['enum'])) return schema['enum'].includes(value)
  switch (schema['type']) {
    case 'null':
      return value === null
    case 'array':
      return Array.isArray(value)
    case 'object':
      return isObject(value) && Object.keys(value).every((name) => takes(schema, name))
    case 'integer':
      return Number.isInteger(value)
    case undefined:
      return true
    default:
      return typeof value === schema['type']
  }
}

const takes = (schema: Schema, name: string): boolean =>
  isObject(schema['additionalProperties']) || Object.hasOwn(objectOf(schema['properties']), name)
