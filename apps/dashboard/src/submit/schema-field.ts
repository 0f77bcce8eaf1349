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

function variantsOf(schema: Schema): Field | null {
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

const constantOf = (schema: Schema): string | undefined =>
  propertiesOf(schema).find(({ schema: inner }) => inner['const'] !== undefined)?.name

export function schemaOf(value: unknown): Schema {
  return isSchema(value) ? value : {}
}

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)
export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
