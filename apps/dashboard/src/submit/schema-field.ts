import { hasConstant, isObject, objectOf, textOf, type Schema } from './schema.ts'

/** How a form asks for what a JSON Schema describes. */
export type Field =
  | {
      readonly kind: 'number'
      readonly whole: boolean
      readonly low: number | undefined
      readonly high: number | undefined
    }
  /** One of a few constants. */
  | { readonly kind: 'choice'; readonly options: readonly unknown[] }
  /** `suggestions` are examples, not the only values. */
  | { readonly kind: 'text'; readonly suggestions: readonly string[] }
  | { readonly kind: 'toggle' }
  | { readonly kind: 'group'; readonly properties: readonly Property[] }
  /** One of several objects, told apart by a property with a constant. */
  | VariantsField
  | ListField
  /** A list of a fixed length. */
  | { readonly kind: 'tuple'; readonly items: readonly Schema[] }
  | MapField
  /** One of several forms of value, e.g. a number or a list. */
  | { readonly kind: 'shapes'; readonly shapes: readonly Shape[] }
  /** Any value at all. */
  | { readonly kind: 'any' }

export type VariantsField = { readonly kind: 'variants'; readonly by: string; readonly variants: readonly Variant[] }
export type ListField = { readonly kind: 'list'; readonly items: Schema; readonly most: number }
/** An object whose names are free; those of `known` have a schema of their own. */
export type MapField = {
  readonly kind: 'map'
  readonly known: Readonly<Record<string, Schema>>
  readonly values: Schema
  readonly suggestions: readonly string[]
}
export type Property = { readonly name: string; readonly schema: Schema; readonly isRequired: boolean }
export type Shape = { readonly title: string; readonly schema: Schema }
export type Variant = {
  readonly name: string
  readonly description: string | undefined
  readonly properties: readonly Property[]
}

/** The field for a schema without references. */
export function fieldOf(schema: Schema): Field {
  const { type } = schema
  if (Array.isArray(schema['enum'])) return { kind: 'choice', options: schema['enum'] }
  if (hasConstant(schema)) return { kind: 'choice', options: [schema['const']] }
  if (type === 'boolean') return { kind: 'toggle' }
  if (type === 'number' || type === 'integer')
    return {
      kind: 'number',
      whole: type === 'integer',
      low: numberOf(schema['minimum']),
      high: numberOf(schema['maximum']),
    }
  if (type === 'string') return { kind: 'text', suggestions: listOf(schema['examples']).map(String) }
  if (type === 'array') return arrayField(schema)
  if (type === 'object') return objectField(schema)
  return variantsOf(schema) ?? shapesOf(schema) ?? { kind: 'any' }
}

function arrayField(schema: Schema): Field {
  const members = listOf(schema['prefixItems'])
  if (members.length > 0) return { kind: 'tuple', items: members.map(objectOf) }
  return { kind: 'list', items: objectOf(schema['items']), most: numberOf(schema['maxItems']) ?? Infinity }
}

function objectField(schema: Schema): Field {
  const values = schema['additionalProperties']
  if (!isObject(values)) return { kind: 'group', properties: propertiesOf(schema) }
  return {
    kind: 'map',
    known: Object.fromEntries(propertiesOf(schema).map(({ name, schema: inner }) => [name, inner])),
    values,
    suggestions: listOf(objectOf(schema['propertyNames'])['examples']).map(String),
  }
}

export function propertiesOf(schema: Schema): Property[] {
  const required = listOf(schema['required'])
  return Object.entries(objectOf(schema['properties'])).map(([name, inner]) => ({
    name,
    schema: objectOf(inner),
    isRequired: required.includes(name),
  }))
}

/** A union of objects; or of such a union and names of some of its variants, which stand for their defaults. */
function variantsOf(schema: Schema): VariantsField | null {
  if (Array.isArray(schema['anyOf'])) return namedVariantsOf(schema['anyOf'].map(objectOf))
  const given = listOf(schema['oneOf'])
  const by = given.length === 0 ? undefined : constantOf(objectOf(given[0]))
  if (by === undefined) return null
  const variants = given.flatMap((each) => {
    const properties = propertiesOf(objectOf(each))
    const constant = properties.find(({ name }) => name === by)?.schema
    return constant === undefined
      ? []
      : [
          {
            name: String(constant['const']),
            description: textOf(constant['description']),
            properties: properties.filter(({ name }) => name !== by),
          },
        ]
  })
  return { kind: 'variants', by, variants }
}

function namedVariantsOf(members: readonly Schema[]): VariantsField | null {
  const [union, ...others] = members.map(variantsOf).filter((found) => found !== null)
  if (union === undefined || others.length > 0) return null
  const names = new Set(union.variants.map(({ name }) => name))
  const isName = (member: Schema): boolean => names.has(String(member['const']))
  return members.filter(isName).length === members.length - 1 ? union : null
}

/** The variant that a value has: the value itself where it is a name. */
export function chosenVariant(value: unknown, by: string): string {
  return textOf(value) ?? textOf(objectOf(value)[by]) ?? ''
}

const constantOf = (schema: Schema): string | undefined =>
  propertiesOf(schema).find(({ schema: inner }) => hasConstant(inner))?.name

function shapesOf(schema: Schema): Field | null {
  const members = listOf(schema['anyOf'] ?? schema['oneOf']).map(objectOf)
  if (members.length === 0) return null
  // A constant is also a text: the narrower shape is asked first.
  const ordered = [...members.filter(hasConstant), ...members.filter((member) => !hasConstant(member))]
  return { kind: 'shapes', shapes: ordered.map((member) => ({ title: titleOf(member), schema: member })) }
}

const typeTitles: Readonly<Record<string, string>> = {
  number: 'a number',
  integer: 'a whole number',
  string: 'a text',
  boolean: 'true or false',
  array: 'a list',
  null: 'nothing',
}

function titleOf(schema: Schema): string {
  const title = textOf(schema['title'])
  if (title !== undefined) return title
  if (hasConstant(schema)) return schema['const'] === null ? 'nothing' : nameOf(schema['const'])
  if (Array.isArray(schema['enum'])) return 'one of a few'
  const names = propertiesOf(schema).map(({ name }) => name)
  if (names.length > 0) return names.join(' and ')
  return typeTitles[String(schema['type'])] ?? 'other fields'
}

/** A constant as it is written. */
const nameOf = (value: unknown): string => textOf(value) ?? JSON.stringify(value)
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)
