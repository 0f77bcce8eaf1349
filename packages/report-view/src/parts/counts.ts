import type { Estimate } from '@goalpost/contracts'
import { createElement as h } from 'react'

const hasInterval = ({ low, high }: Estimate): boolean => low !== undefined && high !== undefined

/** On how many replicates the intervals rest, if on equally many; null if not, if that is unknown, and without any. */
export function sharedCount(estimates: readonly Estimate[]): number | null {
  const counts = new Set(estimates.filter(hasInterval).map(({ count }) => count))
  const [only] = counts
  return counts.size === 1 && only !== undefined ? only : null
}

/** Says once what all intervals share. */
export function CountNote({ shared }: { readonly shared: number | null }) {
  return shared === null ? null : h('p', { className: 'note' }, `Intervals: n = ${shared}.`)
}

type MarkProps = { readonly estimate: Estimate; readonly shared: number | null }

/** The count beside an interval, unless all share it. */
export function CountMark({ estimate, shared }: MarkProps) {
  const { count } = estimate
  if (shared !== null || count === undefined || !hasInterval(estimate)) return null
  return h('small', null, ` n = ${count}`)
}

/** `n = 5`, `n = 3 to 5`, or nothing where nothing is known. */
export function countRange(estimates: readonly Estimate[]): string {
  const counts = estimates.filter(hasInterval).flatMap(({ count }) => count ?? [])
  if (counts.length === 0) return ''
  const [low, high] = [counts.reduce((a, b) => Math.min(a, b)), counts.reduce((a, b) => Math.max(a, b))]
  return low === high ? `n = ${low}` : `n = ${low} to ${high}`
}
