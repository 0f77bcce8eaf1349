/** A JSON Schema, as far as forms need it. */
export type Schema = Readonly<Record<string, unknown>>

export const isObject = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The value if it is an object, otherwise an empty one. */
export function objectOf(value: unknown): Schema {
  return isObject(value) ? value : {}
}

export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

export const hasConstant = (schema: Schema): boolean => Object.hasOwn(schema, 'const')

/** The schema with its definitions in place of references to them. One that refers to itself becomes any value. */
export function withoutReferences(schema: Schema): Schema {
  const definitions = objectOf(schema['$defs'])
  const resolve = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(resolve)
    if (!isObject(value)) return value
    const name = textOf(value['$ref'])?.replace('#/$defs/', '')
    if (name === undefined)
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolve(inner)]))
    const { $ref: _, ...rest } = value
    if (isRecursive(name, definitions)) return rest
    return { ...objectOf(resolve(definitions[name])), ...rest }
  }
  const { $defs: _, ...rest } = schema
  return objectOf(resolve(rest))
}

/** Whether a definition can be reached from itself. */
function isRecursive(name: string, definitions: Schema): boolean {
  const seen = new Set<string>()
  const waiting = referencesOf(definitions[name])
  for (const next of waiting) {
    if (next === name) return true
    if (seen.has(next)) continue
    seen.add(next)
    waiting.push(...referencesOf(definitions[next]))
  }
  return false
}

const referencesOf = (value: unknown): string[] =>
  [...(JSON.stringify(value) ?? '').matchAll(/"\$ref":"#\/\$defs\/([^"]+)"/g)].map(([, name = '']) => name)
