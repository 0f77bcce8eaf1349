/**
 * Gives a value its known type. Only for values that this code checked before and gets back unchanged, such as resolved
 * options from the store: parsing again would apply defaults and transformations twice.
 */
export function unchecked<Known>(value: unknown): Known {
  return value as Known
}
