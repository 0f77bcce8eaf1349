/** A finite number, or the reason why there is none: never NaN, never null. */
export type Quantity = number | { readonly missing: string }

export function isKnown(quantity: Quantity): quantity is number {
  return typeof quantity === 'number'
}
