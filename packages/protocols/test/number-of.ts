/** Throws if a quantity is missing. */
export function numberOf(quantity: unknown): number {
  if (typeof quantity !== 'number') throw new TypeError(`not a number: ${JSON.stringify(quantity)}`)
  return quantity
}
