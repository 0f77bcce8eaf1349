import type { z } from 'zod'

type Schema = z.core.$ZodType
type Definition = z.core.$ZodTypes['_zod']['def']

/** A schema without its wrappers (optional, default, pipe, lazy, …): several for a union. */
export function unwrap(schema: Schema, input: unknown): readonly Schema[] {
  const definition = definitionOf(schema)
  switch (definition.type) {
    case 'optional':
    case 'nullable':
    case 'nonoptional':
    case 'default':
    case 'prefault':
    case 'readonly':
    case 'catch':
      return unwrap(definition.innerType, input)
    case 'lazy':
      return unwrap(definition.getter(), input)
    case 'pipe':
      return unwrap(definition.in, input)
    case 'intersection':
      return [...unwrap(definition.left, input), ...unwrap(definition.right, input)]
    case 'union':
      return branches(schema, input).flatMap((branch) => unwrap(branch, input))
    default:
      return [schema]
  }
}

/** The alternatives of a union; for a discriminated one those that the input's discriminator names, if any. */
export function branches(schema: Schema, input: unknown): readonly Schema[] {
  const definition = definitionOf(schema)
  if (definition.type !== 'union') return [schema]
  const discriminator = 'discriminator' in definition ? String(definition.discriminator) : null
  if (discriminator === null) return definition.options
  const value = childOf(input, discriminator)
  const named = definition.options.filter((option) => option._zod.propValues?.[discriminator]?.has(value as string))
  return named.length > 0 ? named : definition.options
}

/** The schemas that may describe the value at `path` in `input`; empty if the schema does not describe it. */
export function schemasAt(schema: Schema, path: readonly PropertyKey[], input: unknown): readonly Schema[] {
  const [head, ...rest] = path
  const here = unwrap(schema, input)
  if (head === undefined) return here
  return here.flatMap((candidate) => {
    const child = childSchema(candidate, head)
    return child === null ? [] : schemasAt(child, rest, childOf(input, head))
  })
}

/** The union at `path` without its wrappers, or null if there is none. */
export function unionAt(schema: Schema, path: readonly PropertyKey[], input: unknown): Schema | null {
  const [head, ...rest] = path
  if (head === undefined) return peelToUnion(schema)
  for (const candidate of unwrap(schema, input)) {
    const child = childSchema(candidate, head)
    const union = child === null ? null : unionAt(child, rest, childOf(input, head))
    if (union !== null) return union
  }
  return null
}

/** The field names of the objects at `path`. */
export function knownKeys(schema: Schema, path: readonly PropertyKey[], input: unknown): readonly string[] {
  const keys = schemasAt(schema, path, input).flatMap((candidate) => {
    const definition = definitionOf(candidate)
    return definition.type === 'object' ? Object.keys(definition.shape) : []
  })
  return [...new Set(keys)]
}

/** The value at `path` in `input`, or undefined. */
export function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce((value, part) => childOf(value, part), input)
}

function peelToUnion(schema: Schema): Schema | null {
  const definition = definitionOf(schema)
  if (definition.type === 'union') return schema
  if ('innerType' in definition) return peelToUnion(definition.innerType)
  if (definition.type === 'lazy') return peelToUnion(definition.getter())
  if (definition.type === 'pipe') return peelToUnion(definition.in)
  return null
}

function childSchema(schema: Schema, part: PropertyKey): Schema | null {
  const definition = definitionOf(schema)
  switch (definition.type) {
    case 'object':
      return definition.shape[String(part)] ?? (isStrict(definition) ? null : (definition.catchall ?? null))
    case 'record':
      return definition.valueType
    case 'array':
      return definition.element
    case 'tuple':
      return definition.items[Number(part)] ?? definition.rest
    default:
      return null
  }
}

/** A strict object has a catch-all that accepts nothing. */
function isStrict(definition: z.core.$ZodObjectDef): boolean {
  return definition.catchall !== undefined && definitionOf(definition.catchall).type === 'never'
}

function childOf(value: unknown, part: PropertyKey): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined
  return Reflect.get(value, part)
}

function definitionOf(schema: Schema): Definition {
  return (schema as z.core.$ZodTypes)._zod.def
}
