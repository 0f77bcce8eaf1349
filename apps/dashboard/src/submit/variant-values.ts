import { chosenVariant, type Property, type VariantsField } from './schema-field.ts'
import { isObject, objectOf, textOf } from './schema.ts'

/** A value with variants, as it stands in a spec. */
export type VariantValue = {
  /** The property that tells variants apart. */
  readonly by: string
  readonly value: unknown
  /** What holds where nothing is set. */
  readonly inherited: unknown
  /** Whether only changes of what is inherited are written down. */
  readonly isSparse: boolean
}

/** The variant that holds: the one that is set, or else the inherited one. */
export function presentVariant({ by, value, inherited }: VariantValue): string {
  return chosenVariant(value, by) || chosenVariant(inherited, by)
}

/**
 * The variant to write down before one of its fields is set; undefined if the object has it already. Changes of an
 * object need none, as they are merged with it.
 */
export function variantToWrite(given: VariantValue): string | undefined {
  const { by, value, inherited, isSparse } = given
  const isMerged = isSparse && isObject(inherited) && typeof value !== 'string'
  if (isMerged || textOf(objectOf(value)[by]) !== undefined) return undefined
  return presentVariant(given) || undefined
}

/**
 * The value after the choice of a variant, or of none. What was set for the one before goes; where only changes are
 * written down, those stay that the new one has a field for.
 */
export function withVariant(name: string, given: VariantValue, { variants }: VariantsField): unknown {
  const { by, value, inherited, isSparse } = given
  const next = variants.find((each) => each.name === (name || chosenVariant(inherited, by)))
  const kept = isSparse ? membersOf(value, next?.properties ?? []) : {}
  if (name !== '') return { [by]: name, ...kept }
  return Object.keys(kept).length === 0 ? undefined : kept
}

const membersOf = (value: unknown, properties: readonly Property[]) =>
  Object.fromEntries(Object.entries(objectOf(value)).filter(([key]) => properties.some(({ name }) => name === key)))
