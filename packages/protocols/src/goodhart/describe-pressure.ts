import type { Pressure } from './measures.ts'
import type { GoodhartOptions } from './spec.ts'

/** A policy in words, e.g. `best of 64`. */
export function describePolicy(pressure: Pressure, strength: number): string {
  switch (pressure) {
    case 'best-of-n':
      return `best of ${strength}`
    case 'tilted':
      return `tilted to ${strength} nats`
    case 'tail':
      return `top 1/${strength} raised`
  }
}

/** A way of optimising in words. */
export function describePressure(pressure: Pressure, { tail }: GoodhartOptions): string {
  switch (pressure) {
    case 'best-of-n':
      return 'best-of-N'
    case 'tilted':
      return 'KL penalty, tilted'
    case 'tail':
      return `KL of ${tail.klBudget}, tail raised`
  }
}
