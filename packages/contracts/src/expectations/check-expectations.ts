import type { VerdictSummary } from '../verdict-summary.ts'
import type { Expectation, Expectations } from './parse-expectations.ts'

/** The part of a verdict that expectations are about. */
export type ExpectedVerdict = Pick<VerdictSummary, 'condition' | 'title' | 'name'>

/** A verdict, or a condition without one, and what was expected instead. */
export type CheckedVerdict<Verdict extends ExpectedVerdict> = {
  readonly condition: string
  readonly title: string
  /** Null if the condition has no verdict. */
  readonly verdict: Verdict | null
  /** Whether any expectation is about it. */
  readonly checked: boolean
  /** One sentence for each expectation that is not met. */
  readonly unmet: readonly string[]
}

type Checking<Verdict> = {
  /** All conditions of the experiment: one without a verdict does not meet what is expected of it. */
  readonly conditions: readonly string[]
  readonly verdicts: readonly Verdict[]
  readonly expectations: Expectations
}

/** Compares the verdicts with the expectations, in the order of the conditions; expectations about neither come last. */
export function checkExpectations<Verdict extends ExpectedVerdict>({
  conditions,
  verdicts,
  expectations,
}: Checking<Verdict>): CheckedVerdict<Verdict>[] {
  const compared = conditions.flatMap((condition) => {
    const own = verdicts.filter((verdict) => verdict.condition === condition)
    const check = (title: string, verdict: Verdict | null) => ({
      condition,
      title,
      verdict,
      ...compare({ condition, title, name: verdict?.name ?? null }, expectations),
    })
    return own.length === 0 ? [check(condition, null)] : own.map((verdict) => check(verdict.title, verdict))
  })
  const known = new Set(compared.flatMap(({ condition, title }) => [condition, title]))
  const unknown = expectations.expect.flatMap(({ condition }) => condition ?? []).filter((name) => !known.has(name))
  return [...compared, ...[...new Set(unknown)].map(describeUnknown)]
}

function describeUnknown(name: string) {
  return {
    condition: name,
    title: name,
    verdict: null,
    checked: true,
    unmet: ['there is no such condition or verdict'],
  }
}

type Named = { readonly condition: string; readonly title: string; readonly name: string | null }

function compare(
  { condition, title, name }: Named,
  { expect, failOn }: Expectations,
): { readonly checked: boolean; readonly unmet: string[] } {
  const about = expect.filter((each) => [null, condition, title].includes(each.condition))
  const missed = about.filter(({ verdicts }) => name === null || !verdicts.includes(name))
  const refused = name !== null && failOn.includes(name)
  return {
    checked: about.length > 0 || failOn.length > 0,
    unmet: [...missed.map((each) => describeMiss(each, name)), ...(refused ? [`must not be ${name}`] : [])],
  }
}

function describeMiss({ verdicts }: Expectation, name: string | null): string {
  return `expected ${verdicts.join(' or ')}, but ${name === null ? 'there is no verdict' : `is ${name}`}`
}
