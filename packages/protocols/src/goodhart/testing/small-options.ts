import type { JsonObject } from '@goalpost/contracts'
import { goodhart } from '../index.ts'

/** Complete options of a condition that takes milliseconds. */
export function resolveSmall(changes: JsonObject = {}): JsonObject {
  const resolution = goodhart.resolve({
    draws: 2 ** 15,
    bestOfN: [2, 8, 64, 512],
    klBudgets: [0.1, 0.5, 1],
    tail: { depths: [2, 16, 128, 512] },
    hillFractions: [0.05, 0.01],
    ...changes,
  })
  if (!resolution.ok) throw new Error(JSON.stringify(resolution.issues))
  return resolution.options
}
