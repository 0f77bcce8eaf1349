/**
 * Gives a value the type that it is known to have. Only for what this code has checked before and gets back unchanged, such as
 * resolved options from the store: parsing again would apply defaults and transformations a second time.
 */
export function unchecked<Known>(value: unknown): Known {
  return value as Known
}
