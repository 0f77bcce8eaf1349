import type { Quantity } from '@goalpost/contracts'

/**
 * Hill's estimate of the tail index α from the `count` largest of `ascending`:
 * α = k / Σᵢ log(x₍ᵢ₎ / x₍ₖ₊₁₎), i = 1 … k from the top (Hill, Annals of Statistics 3, 1975). Its standard error on an
 * exact power law is α/√k. Missing if the tail reaches values that have no logarithm, or has no spread.
 */
export function estimateTailIndex(ascending: Float64Array, count: number): Quantity {
  if (!Number.isInteger(count) || count < 1 || count >= ascending.length)
    throw new RangeError(`count must be an integer from 1 to ${ascending.length - 1}, got ${count}`)
  const threshold = ascending[ascending.length - 1 - count]
  if (!(threshold > 0)) return { missing: `the ${count} largest values reach down to zero or below` }
  let logSum = 0
  for (const value of ascending.subarray(ascending.length - count)) logSum += Math.log(value / threshold)
  return logSum > 0 ? count / logSum : { missing: `the ${count} largest values are all equal` }
}
