/** Stands in for `node:crypto`, which browsers lack. */
export function createHmac(): never {
  throw new Error('Secret suites cannot be drawn in a browser')
}
