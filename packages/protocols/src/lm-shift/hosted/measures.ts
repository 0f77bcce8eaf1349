/** The number of items by probe, kind and outcome. */
export const outcomeMeasure = 'items'

/** What became of an item: the first three are answers, the others are none, and never count as wrong. */
export const outcomes = [
  'proxy',
  'intended',
  'other',
  'refused',
  'truncated',
  'empty',
  'wrong-format',
  'unreadable',
  'not-tested',
] as const
export type Outcome = (typeof outcomes)[number]
export const answered: readonly string[] = ['proxy', 'intended', 'other']
/** Nobody knows which answer these would have been. */
export const unread: readonly string[] = ['truncated', 'empty', 'wrong-format', 'unreadable']
