import type { Report, Tone } from '@goalpost/contracts'

export type SeedClass = { readonly name: string; readonly tone: Tone }

/** Reports from before dots had the field `verdict` say it in the dot's name only: `seed 12, aligned`. */
const namedOnly = /^seed (\d+), (.+)$/

/** Each seed's own verdict, by `condition⏎seed`; empty where the report classifies no seeds. */
export function seedClasses(report: Report | null): ReadonlyMap<string, SeedClass> {
  const groups = report?.parts.flatMap((part) => (part.type === 'distribution' ? part.groups : [])) ?? []
  return new Map(
    groups.flatMap(({ name: condition, values }) =>
      values.flatMap(({ name, tone = 'neutral', ...given }) => {
        const [, seed = given.seed, verdict = given.verdict] = namedOnly.exec(name) ?? []
        if (seed === undefined || verdict === undefined) return []
        return [[`${condition}\n${seed}`, { name: verdict.replaceAll('-', ' '), tone }] as const]
      }),
    ),
  )
}
