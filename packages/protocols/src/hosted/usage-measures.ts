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
