import type { CatalogEntry, JsonObject, JsonValue, ProtocolView, ResolvedSpec } from '@goalpost/contracts'
import type { VariedOption } from '../varied-options.ts'

/** The service's explanations of the words in a spec. */
export type Glossary = {
  readonly protocol: Pick<ProtocolView, 'title' | 'description' | 'optionsSchema'>
  readonly entries: readonly CatalogEntry[]
}

type Fact = { readonly kind: string; readonly name: string; readonly description: string }

/** The entries that the spec uses: one of the kind `environment` by options whose `environment` has its name. */
export function usedEntries(glossary: Glossary | undefined, { conditions }: ResolvedSpec): readonly CatalogEntry[] {
  const entries = glossary?.entries ?? []
  return entries.filter(({ kind, name }) => conditions.some(({ options }) => options[kind] === name))
}

/** The described facts of an entry that concern this experiment. */
export function factsOf(entry: CatalogEntry, { conditions }: ResolvedSpec): Fact[] {
  // Without parameters, whose values may equal names of facts by chance.
  const named = new Set(conditions.flatMap(({ options }) => stringsIn({ ...options, parameters: null })))
  // A kind with one member describes the world; of longer lists only members that this experiment names are shown.
  return Object.entries(entry.facts).flatMap(([kind, members]) =>
    members
      .filter(({ name, description }) => description !== '' && (members.length === 1 || named.has(name)))
      .map((member) => ({ kind: kind.replace(/s$/, ''), ...member })),
  )
}

function stringsIn(value: JsonValue): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : []
}

/** What an option means, by the schema of the protocol or of an entry. */
export function meaningOf(
  { path }: VariedOption,
  glossary: Glossary | undefined,
  entries: readonly CatalogEntry[],
): string | undefined {
  const schemas = [
    { schema: glossary?.protocol.optionsSchema, path },
    ...entries.map(({ parametersSchema }) => ({ schema: parametersSchema, path: path.slice(1) })),
  ]
  return schemas.flatMap(({ schema, path: rest }) => describeOption(schema, rest) ?? []).at(0)
}

/** The description at the end of a path through a JSON Schema, in the first of several shapes that has one. */
function describeOption(schema: JsonValue | undefined, path: readonly string[]): string | undefined {
  if (!isObject(schema)) return undefined
  const [key, ...rest] = path
  if (key === undefined) return typeof schema['description'] === 'string' ? schema['description'] : undefined
  const { properties } = schema
  const here = isObject(properties) ? describeOption(properties[key], rest) : undefined
  const shapes = [schema['anyOf'], schema['oneOf'], schema['allOf']].flatMap((list) =>
    Array.isArray(list) ? list : [],
  )
  return here ?? shapes.flatMap((shape) => describeOption(shape, path) ?? []).at(0)
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
