import type { CatalogEntry, JsonObject, JsonValue, ProtocolView, ResolvedSpec } from '@goalpost/contracts'
import type { Linked } from './contents-nav.ts'
import { html, type Html } from './html.ts'
import { breakable, prose } from './prose.ts'
import { variedOptions, type VariedOption } from './varied-options.ts'

/** The service's explanations of the words in a spec. */
export type Glossary = {
  readonly protocol: Pick<ProtocolView, 'title' | 'description' | 'optionsSchema'>
  readonly entries: readonly CatalogEntry[]
}

/** The question in words: the protocol, the world, and the differences between conditions. */
export function questionSection(
  resolved: ResolvedSpec,
  glossary: Glossary | undefined,
  anchorOf: (title: string) => string,
): (Linked & { readonly body: Html }) | null {
  const entries = (glossary?.entries ?? []).filter((entry) => isUsed(entry, resolved))
  const varied = variedOptions(resolved.conditions)
  if (glossary === undefined && resolved.description === undefined && varied.length === 0) return null
  const title = 'The question'
  const anchor = anchorOf(title)
  const body = html`<section id="${anchor}">
    <h2>${title}</h2>
    ${resolved.description === undefined ? null : html`<p>${prose(resolved.description)}</p>`}
    ${glossary === undefined ? null : html`<p>${prose(glossary.protocol.description)}</p>`}
    ${entries.map((entry) => worldText(entry, resolved))}
    ${
      varied.length === 0
        ? null
        : html`<p>What differs between the conditions:</p>
            <dl>${varied.map((option) => variedText(option, glossary, entries))}</dl>`
    }
    ${describedConditions(resolved)}
  </section> `
  return { title, anchor, parts: [], body }
}

/** An entry of the kind `environment` is used by options whose `environment` has its name. */
function isUsed({ kind, name }: CatalogEntry, { conditions }: ResolvedSpec): boolean {
  return conditions.some(({ options }) => options[kind] === name)
}

function worldText(entry: CatalogEntry, { conditions }: ResolvedSpec): Html {
  const named = new Set(conditions.flatMap(({ options }) => stringsIn({ ...options, parameters: null })))
  // Without parameters, whose values may equal names of facts by chance. A kind with one member describes the world; of
  // longer lists only members that this experiment names are shown.
  const facts = Object.entries(entry.facts).flatMap(([kind, members]) =>
    members
      .filter(({ name, description }) => description !== '' && (members.length === 1 || named.has(name)))
      .map((member) => ({ kind: kind.replace(/s$/, ''), ...member })),
  )
  return html`<p><b>${entry.title}.</b> ${prose(entry.description)}</p>
    <dl>
      ${facts.map(
        ({ kind, name, description }) =>
          html`<dt>${kind}</dt>
            <dd><b>${name}</b>: ${prose(description)}</dd> `,
      )}
    </dl>`
}

function stringsIn(value: JsonValue): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : []
}

function variedText(
  { path, values }: VariedOption,
  glossary: Glossary | undefined,
  entries: readonly CatalogEntry[],
): Html {
  const schemas = [
    { schema: glossary?.protocol.optionsSchema, path },
    ...entries.map(({ parametersSchema }) => ({ schema: parametersSchema, path: path.slice(1) })),
  ]
  const meaning = schemas.flatMap(({ schema, path: rest }) => describeOption(schema, rest) ?? []).at(0)
  return html`<dt><code>${path.join('.')}</code></dt>
    <dd>${meaning === undefined ? null : html`${prose(meaning)}: `}${breakable(values.join(', '))}</dd> `
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

function describedConditions({ conditions }: ResolvedSpec): Html | null {
  const described = conditions.filter(({ description }) => description !== undefined)
  if (described.length === 0) return null
  return html`<dl>
    ${described.map(
      ({ name, description = '' }) =>
        html`<dt>${breakable(name)}</dt>
          <dd>${prose(description)}</dd> `,
    )}
  </dl>`
}
