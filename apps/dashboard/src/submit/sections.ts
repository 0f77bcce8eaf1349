import { hasConstant, type Schema } from './schema.ts'
import type { Property } from './schema-field.ts'

export type Section = { readonly title: string; readonly note?: string; readonly properties: readonly Property[] }

const named: readonly { readonly title: string; readonly note?: string; readonly names: readonly string[] }[] = [
  { title: 'Experiment', names: ['name', 'protocol', 'description', 'seeds'] },
  { title: 'Options', note: 'Empty fields have the default that they show.', names: ['options'] },
  {
    title: 'Conditions',
    note: 'A list of conditions, or a grid that makes one of each combination. With neither, there is one.',
    names: ['conditions', 'grid', 'search'],
  },
]

/** The fields of a spec by what they are about. Those that no section names come last, so that none is missing. */
export function sectionsOf(properties: readonly Property[], spec: Schema): Section[] {
  const taken = new Set(named.flatMap(({ names }) => names))
  const find = (name: string): Property[] => properties.filter((property) => property.name === name)
  const others = properties.filter(({ name, schema }) => !taken.has(name) && !isSettled(schema, spec[name]))
  return [
    ...named.map(({ names, ...section }) => ({ ...section, properties: names.flatMap(find) })),
    { title: 'Running', properties: others },
  ].filter((section) => section.properties.length > 0)
}

/** Whether there is nothing to choose: it can only have the value that it has. */
const isSettled = (schema: Schema, value: unknown): boolean => hasConstant(schema) && schema['const'] === value
