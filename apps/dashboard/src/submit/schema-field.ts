/** How a form asks for what a JSON Schema describes. */
export type Field =
  | {
      readonly kind: 'number'
      readonly whole: boolean
      readonly low: number | undefined
      readonly high: number | undefined
    }
  | { readonly kind: 'choice'; readonly options: readonly string[] }
  | { readonly kind: 'text' | 'toggle' }
  | { readonly kind: 'group'; readonly properties: readonly Property[] }
  /** One of several objects, told apart by a property with a constant. */
  | { readonly kind: 'variants'; readonly by: string; readonly variants: readonly Variant[] }
  /** Anything else is written as YAML. */
  | { readonly kind: 'yaml' }

export type Property = { readonly name: string; readonly schema: Schema; readonly isRequired: boolean }
export type Variant = {
  readonly name: string
  readonly description: string | undefined
  readonly properties: readonly Property[]
}
export type Schema = Readonly<Record<string, unknown>>

export function fieldOf(schema: Schema): Field {
  const { type } = schema
  if (Array.isArray(schema['enum'])) return { kind: 'choice', options: schema['enum'].map(String) }
  if (type === 'boolean') return { kind: 'toggle' }
  if (type === 'number' || type === 'integer')
    return {
      kind: 'number',
      whole: type === 'integer',
      low: numberOf(schema['minimum']),
      high: numberOf(schema['maximum']),
    }
  if (type === 'string') return { kind: 'text' }
  if (type === 'object' && isSchema(schema['properties'])) return { kind: 'group', properties: propertiesOf(schema) }
  return variantsOf(schema) ?? { kind: 'yaml' }
}

export function propertiesOf(schema: Schema): Property[] {
  const required: unknown[] = Array.isArray(schema['required']) ? schema['required'] : []
  return Object.entries(schemaOf(schema['properties'])).map(([name, inner]) => ({
    name,
    schema: schemaOf(inner),
    isRequired: required.includes(name),
  }))
}

/** A union of objects; or of such a union and names of some of its variants, which stand for their defaults. */
function variantsOf(schema: Schema): Extract<Field, { kind: 'variants' }> | null {
  if (Array.isArray(schema['anyOf'])) return namedVariantsOf(schema['anyOf'].map(schemaOf))
  const given: unknown[] = Array.isArray(schema['oneOf']) ? schema['oneOf'] : []
  const by = given.length === 0 ? undefined : constantOf(schemaOf(given[0]))
  if (by === undefined) return null
  const variants = given.flatMap((each) => {
    const properties = propertiesOf(schemaOf(each))
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

function namedVariantsOf(members: readonly Schema[]): Extract<Field, { kind: 'variants' }> | null {
  const [union, ...others] = members.map(variantsOf).filter((found) => found !== null)
  if (union === undefined || others.length > 0) return null
  const names = new Set(union.variants.map(({ name }) => name))
  const isName = (member: Schema): boolean => names.has(String(member['const']))
  return members.filter(isName).length === members.length - 1 ? union : null
}

/** The variant that a value has: the value itself where it is a name. */
export function chosenVariant(value: unknown, by: string): string {
  return textOf(value) ?? textOf(schemaOf(value)[by]) ?? ''
}

const constantOf = (schema: Schema): string | undefined =>
  propertiesOf(schema).find(({ schema: inner }) => inner['const'] !== undefined)?.name

export function schemaOf(value: unknown): Schema {
  return isSchema(value) ? value : {}
}

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)
export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
