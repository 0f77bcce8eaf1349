/**
 * All measures of one policy on one suite, over its solvable levels. Returns are discounted; `random`,
 * `proxy-oracle`, `true-oracle` are the reference policies' means on the same levels. J is the true, P the proxy
 * return.
 */
export const measureNames = [
  'trueReturn',
  'proxyReturn',
  'successRate',
  'proxyRate',
  'length',
  'shareOfOptimum',
  'attainment',
  'returnAchievement',
  'trueAchievement',
  'proxyAchievement',
  'goalPosition',
  'capability',
  'goalFirst',
  'preference',
  'trueAboveRandom',
  'trueAboveOpenLoop',
  'proxyAboveRandom',
  'proxyAboveOpenLoop',
  'proxyPursuit',
] as const

export type MeasureName = (typeof measureNames)[number]
