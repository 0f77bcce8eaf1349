import { optionPaths } from './option-paths.ts'
import { fieldOf, propertiesOf, type Property } from './schema-field.ts'
import { isObject, objectOf, textOf, type Schema } from './schema.ts'

/** What forms add to a schema: the fields stand for changes of this member of the spec. */
export const changesOf = 'x-changes-of'

type Given = {
  /** Of a spec of any protocol, without references. */
  readonly general: Schema
  readonly protocols: readonly string[]
  /** Of the chosen protocol's options, without references; null as long as there is none. */
  readonly options: Schema | null
  /** Titles of the measures whose thresholds the protocol can search, by name. */
  readonly measures: readonly string[]
  readonly spec: Schema
}

/** The properties of a spec, with what its protocol knows about them: its options, in conditions and grids, too. */
export function specProperties({ general, protocols, options, measures, spec }: Given): Property[] {
  const paths = options === null ? [] : optionPaths(options, spec['options'])
  const suggestions = paths.map(({ path }) => path)
  const numeric = paths.filter(({ schema }) => fieldOf(schema).kind === 'number').map(({ path }) => path)
  const known: Readonly<Record<string, (schema: Schema) => Schema>> = {
    protocol: (schema) => ({ ...schema, enum: withValue(protocols, spec['protocol']) }),
    options: (schema) => ({ ...(options ?? schema), description: schema['description'] }),
    conditions: (schema) => withProperty(schema, 'options', { ...options, [changesOf]: 'options' }),
    grid: (schema) => ({
      ...schema,
      properties: Object.fromEntries(
        paths.map(({ path, schema: values }) => [
          path,
          { type: 'array', minItems: 1, items: values, description: values['description'] },
        ]),
      ),
      propertyNames: { examples: suggestions },
    }),
    search: (schema) =>
      withExamples(withExamples(schema, 'over', numeric.length > 0 ? numeric : suggestions), 'measure', measures),
  }
  return propertiesOf(general).map((property) => ({
    ...property,
    schema: known[property.name]?.(property.schema) ?? property.schema,
  }))
}

/** A list that also has a value that it does not name: so that it is shown. */
const withValue = (names: readonly string[], value: unknown): readonly string[] => {
  const text = textOf(value)
  return text === undefined || names.includes(text) ? names : [text, ...names]
}

/** A list of objects with one property described further. */
function withProperty(schema: Schema, name: string, more: Schema): Schema {
  const items = objectOf(schema['items'])
  const properties = objectOf(items['properties'])
  const { description } = objectOf(properties[name])
  return { ...schema, items: { ...items, properties: { ...properties, [name]: { ...more, description } } } }
}

function withExamples(schema: Schema, name: string, examples: readonly string[]): Schema {
  const properties = objectOf(schema['properties'])
  const property = properties[name]
  return isObject(property) ? { ...schema, properties: { ...properties, [name]: { ...property, examples } } } : schema
}
