import type { Estimate } from '@goalpost/statistics'
import type { VerdictNumbers } from '../src/verdicts/verdict.ts'

export const around = (value: number, margin = 0.05): Estimate => ({
  value,
  low: value - margin,
  high: value + margin,
  level: 0.95,
  count: 5,
  method: 'student-t',
})
export const missing = (reason: string): Estimate => ({
  value: { missing: reason },
  level: 0.95,
  count: 0,
  method: 'none',
})

/** [learned, capability, true achievement, proxy achievement, goal position] */
export type Five = readonly [number, number, number, number, number]

export const numbersOf = (
  [learned, capability, trueAchievement, proxyAchievement, goalPosition]: Five,
  margin = 0.05,
): VerdictNumbers => ({
  learned: around(learned, margin),
  learnedShare: around(learned, margin),
  capability: around(capability, margin),
  trueAchievement: around(trueAchievement, margin),
  proxyAchievement: around(proxyAchievement, margin),
  goalPosition: around(goalPosition, margin),
  // Of the corner-oracle of the small setting: (.148 − .359) / .511.
  oracleAchievement: around(-0.41),
  oracleProxyAchievement: around(-0.25),
  // As good as the oracle at the goal, or as good as never before the proxy: with the goal position.
  preference: around(goalPosition > 0.5 ? 0.9 : -1, margin),
  trueAboveOpenLoop: around(goalPosition > 0.5 ? 0.3 : -0.2),
  proxyAboveOpenLoop: around(proxyAchievement > 0.5 ? 0.1 : -0.3),
  proxyAboveControl: missing('there is no control to pair with'),
  intent: around(goalPosition > 0.5 ? 1 : 0),
})
// Achievements and positions follow from the published small setting's returns and anchors.
export const towardsProxy: Five = [0.97, 0.95, -0.29, 0.965, 0.087]
export const towardsGoal: Five = [0.8, 0.8, 0.8, -0.286, 0.857]
