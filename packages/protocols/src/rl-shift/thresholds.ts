import { defaultThresholds, type VerdictThresholds } from '@goalpost/evaluation'
import { z } from 'zod'

/** Thresholds that were called otherwise in specs until November 2026: the older names are still read. */
const olderNames = {
  anchorGap: 'minAnchorGap',
  dissent: 'maxDissent',
  settledSeeds: 'minSeeds',
} as const satisfies Record<string, keyof VerdictThresholds>
type OlderName = keyof typeof olderNames
const older = Object.entries(olderNames) as [OlderName, keyof VerdictThresholds][]

const lines = Object.fromEntries(
  Object.entries(defaultThresholds).map(([name, value]) => [name, z.number().finite().default(value)]),
) as Record<keyof VerdictThresholds, z.ZodDefault<z.ZodNumber>>

const aliases = Object.fromEntries(
  older.map(([name, current]) => [
    name,
    z.number().finite().optional().meta({ deprecated: true }).describe(`Older name of ${current}`),
  ]),
) as Record<OlderName, z.ZodOptional<z.ZodNumber>>

export const thresholds = z.strictObject({ ...lines, ...aliases })

/** The thresholds under their current names; what was given by an older name counts. Also of options as stored. */
export function currentThresholds(
  given: Readonly<Partial<Record<OlderName | keyof VerdictThresholds, number | undefined>>>,
): VerdictThresholds {
  const renamed = older.map(([name, current]) => [current, given[name] ?? given[current]])
  const current = Object.keys(defaultThresholds).map((name) => [name, given[name as keyof VerdictThresholds]])
  const known = [...current, ...renamed].filter(([, value]) => value !== undefined)
  return { ...defaultThresholds, ...Object.fromEntries(known) }
}
