import type { Report, Tone } from '@goalpost/contracts'

export type SeedClass = { readonly name: string; readonly tone: Tone }

/** Each seed's own verdict, by `condition⏎seed`; empty where the report classifies no seeds. */
export function seedClasses(report: Report | null): ReadonlyMap<string, SeedClass> {
  const groups = report?.parts.flatMap((part) => (part.type === 'distribution' ? part.groups : [])) ?? []
  return new Map(
    groups.flatMap(({ name: condition, values }) =>
      values.flatMap(({ seed, verdict, tone = 'neutral' }) =>
        seed === undefined || verdict === undefined
          ? []
          : [[`${condition}\n${seed}`, { name: verdict.replaceAll('-', ' '), tone }] as const],
      ),
    ),
  )
}
