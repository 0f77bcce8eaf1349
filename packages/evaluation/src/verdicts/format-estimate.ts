import type { Estimate } from '@goalpost/statistics'

/** `0.812 [0.790, 0.834]`, or the reason for a missing number. */
export function formatEstimate({ value, low, high }: Estimate): string {
  if (typeof value !== 'number') return value.missing
  const interval = low === undefined || high === undefined ? '' : ` [${low.toFixed(3)}, ${high.toFixed(3)}]`
  return `${value.toFixed(3)}${interval}`
}

/** `83 %`. */
export function formatShare(share: number): string {
  return `${Math.round(share * 1000) / 10} %`
}
