import { keysOf, recordOf } from '../typed-record.ts'
import { defaultThresholds, type VerdictThresholds } from '@goalpost/evaluation'
import { z } from 'zod'

/** Names of thresholds in specs until November 2026, which are still accepted. */
const olderNames = {
  anchorGap: 'minAnchorGap',
  dissent: 'maxDissent',
  settledSeeds: 'minSeeds',
} as const satisfies Record<string, keyof VerdictThresholds>
type OlderName = keyof typeof olderNames

const lines = recordOf(keysOf(defaultThresholds), (name) => z.number().finite().default(defaultThresholds[name]))

const aliases = recordOf(keysOf(olderNames), (name) =>
  z.number().finite().optional().meta({ deprecated: true }).describe(`Older name of ${olderNames[name]}`),
)

export const thresholds = z.strictObject({ ...lines, ...aliases })

/** Thresholds under their current names, also for stored options; a value under an older name takes precedence. */
export function currentThresholds(
  given: Readonly<Partial<Record<OlderName | keyof VerdictThresholds, number | undefined>>>,
): VerdictThresholds {
  const renamed = keysOf(olderNames).map((name) => [olderNames[name], given[name] ?? given[olderNames[name]]])
  const current = keysOf(defaultThresholds).map((name) => [name, given[name]])
  const known = [...current, ...renamed].filter(([, value]) => value !== undefined)
  return { ...defaultThresholds, ...Object.fromEntries(known) }
}
