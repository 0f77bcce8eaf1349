type Document = { readonly components?: { readonly schemas?: Readonly<Record<string, unknown>> } }

const prefix = '#/components/schemas/'

/** Named schemas have a form for requests and one for answers; most use only one of them. */
export function withoutUnusedSchemas<Whole extends object>(document: Whole): Whole {
  const { components } = document as Document
  const schemas = components?.schemas ?? {}
  const used = new Set<string>()
  const pending = referencesIn({ ...document, components: { ...components, schemas: {} } })
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (used.has(name)) continue
    used.add(name)
    pending.push(...referencesIn(schemas[name]))
  }
  const kept = Object.fromEntries(Object.entries(schemas).filter(([name]) => used.has(name)))
  return { ...document, components: { ...components, schemas: kept } }
}

function referencesIn(part: unknown): string[] {
  if (typeof part !== 'object' || part === null) return []
  return Object.entries(part).flatMap(([key, value]: [string, unknown]) => {
    if (key === '$ref' && typeof value === 'string' && value.startsWith(prefix)) return [value.slice(prefix.length)]
    return referencesIn(value)
  })
}
