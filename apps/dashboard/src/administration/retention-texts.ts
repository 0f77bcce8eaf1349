import { retentionChange, type Retention, type RetentionChange } from '@goalpost/contracts'

/** Days as a form holds them, of edited fields only: others may change the rest. Empty: for ever. */
export type EditedDays = Partial<Readonly<Record<keyof Retention, string>>>

/** What the form asks for; null while nothing is edited, or a field holds no number of days. */
export function retentionChangeOf(edited: EditedDays): RetentionChange | null {
  const entries = Object.entries(edited).map(([kind, text]) => [kind, text.trim() === '' ? null : Number(text)])
  const parsed = retentionChange.safeParse(Object.fromEntries(entries))
  return parsed.success && entries.length > 0 ? parsed.data : null
}

/** What the change keeps for a shorter time than the rules: some of it is then deleted, for good. */
export function shortenedKinds(rules: Retention, change: RetentionChange): readonly (keyof Retention)[] {
  const kinds = Object.keys(rules) as (keyof Retention)[]
  return kinds.filter((kind) => {
    const days = change[kind]
    return typeof days === 'number' && days < (rules[kind] ?? Infinity)
  })
}
