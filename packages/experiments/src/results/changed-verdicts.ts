import type { VerdictSummary } from '@goalpost/contracts'

export type NamedVerdict = Pick<VerdictSummary, 'condition' | 'title' | 'name'>

/** Null is no verdict: it has just appeared, or is gone. */
export type VerdictChange = {
  readonly condition: string
  readonly title: string
  readonly name: string | null
  readonly previous: string | null
}

/** Verdicts that appeared, changed their name, or are gone; present ones in the order of the new report. */
export function changedVerdicts(before: readonly NamedVerdict[], after: readonly NamedVerdict[]): VerdictChange[] {
  const known = new Map(before.map((verdict) => [identityOf(verdict), verdict.name]))
  const present = new Set(after.map(identityOf))
  const appeared = after.map((verdict) => ({ ...pick(verdict), previous: known.get(identityOf(verdict)) ?? null }))
  const gone = before
    .filter((verdict) => !present.has(identityOf(verdict)))
    .map((verdict) => ({ ...pick(verdict), name: null, previous: verdict.name }))
  return [...appeared, ...gone].filter(({ name, previous }) => name !== previous)
}

function identityOf({ condition, title }: NamedVerdict): string {
  return JSON.stringify([condition, title])
}

function pick({ condition, title, name }: NamedVerdict): NamedVerdict {
  return { condition, title, name }
}
