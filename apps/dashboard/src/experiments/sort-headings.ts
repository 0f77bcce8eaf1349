import type { ExperimentSort } from '@goalpost/contracts'

/** The order that a heading gives first, and the one that it gives when pressed again. */
type Orders = readonly [first: ExperimentSort, again: ExperimentSort]

export type Heading = { readonly title: string; readonly orders: Orders }

/** The headings of the table, all of which sort it. */
export const headings: readonly Heading[] = [
  { title: 'Experiment', orders: ['name', '-name'] },
  { title: 'State', orders: ['state', '-state'] },
  { title: 'Progress', orders: ['-progress', 'progress'] },
  { title: 'Verdicts', orders: ['verdict', '-verdict'] },
  { title: 'Created', orders: ['-created', 'created'] },
  { title: 'Changed', orders: ['-updated', 'updated'] },
]

/** The order after a heading was pressed. */
export function nextSort({ orders: [first, again] }: Heading, sort: ExperimentSort): ExperimentSort {
  return sort === first ? again : first
}

/** As `aria-sort` has it. */
export function directionOf({ orders }: Heading, sort: ExperimentSort): 'ascending' | 'descending' | 'none' {
  if (!orders.includes(sort)) return 'none'
  return sort.startsWith('-') ? 'descending' : 'ascending'
}
