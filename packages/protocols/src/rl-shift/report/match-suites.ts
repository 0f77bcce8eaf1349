import type { SuiteEvidence } from '@goalpost/evaluation'

type Named = Pick<SuiteEvidence, 'name'> & { readonly facts: Pick<SuiteEvidence['facts'], 'hash'> }

/**
 * The suites of two conditions that have the same levels, in the order of the baseline's; each is in one pair at most. A
 * suite is paired with the one of its name: a control may have the shifted levels as its in-distribution suite, too.
 */
export function matchSuites<Suite extends Named>(
  baseline: readonly Suite[],
  other: readonly Suite[],
): { readonly suite: Suite; readonly match: Suite }[] {
  const left = new Set(other)
  const take = (suite: Suite, isWanted: (candidate: Suite) => boolean): Suite | undefined => {
    const found = [...left].find((candidate) => candidate.facts.hash === suite.facts.hash && isWanted(candidate))
    if (found !== undefined) left.delete(found)
    return found
  }
  const byName = new Map(baseline.map((suite) => [suite, take(suite, ({ name }) => name === suite.name)]))
  return baseline.flatMap((suite) => {
    const match = byName.get(suite) ?? take(suite, () => true)
    return match === undefined ? [] : [{ suite, match }]
  })
}
