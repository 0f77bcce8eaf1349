/** Names of what an asking measures. */
export const usageMeasures = {
  requests: 'requests',
  inputTokens: 'input-tokens',
  outputTokens: 'output-tokens',
  /** At the stated prices. */
  cost: 'cost',
  /** By the exact model that the endpoint named. */
  answersOfModel: 'answers-of-model',
  /** By what the endpoint calls the model's fingerprint. */
  answersOfBuild: 'answers-of-fingerprint',
} as const

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
