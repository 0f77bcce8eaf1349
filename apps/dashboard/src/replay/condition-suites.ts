import type { ExperimentView } from '@goalpost/contracts'
import type { ReplayView } from './replay-view.ts'

/** The suites of a condition, and which of them are shown. */
export type ShownSuites = {
  readonly names: readonly string[]
  readonly main: string | undefined
  /** Undefined for none. */
  readonly beside: string | undefined
}

/** By default the first shifted suite, with the first in-distribution suite beside it. */
export function shownSuites(
  resolved: Pick<ExperimentView['resolved'], 'conditions'>,
  { condition: name, suite, beside }: Pick<ReplayView, 'condition' | 'suite' | 'beside'>,
): ShownSuites {
  const condition = resolved.conditions.find((each) => each.name === name)
  const suites = suitesOf(condition?.options['suites'])
  const first = (role: string): string | undefined => suites.find((each) => each.role === role)?.name
  const main = suite ?? first('shifted') ?? suites[0]?.name
  const other = beside ?? first('in-distribution')
  const names = suites.map((each) => each.name)
  return { names, main, beside: other !== main && other !== undefined && names.includes(other) ? other : undefined }
}

function suitesOf(option: unknown): { readonly name: string; readonly role: unknown }[] {
  if (!Array.isArray(option)) return []
  return option.flatMap((suite: unknown) =>
    typeof suite === 'object' && suite !== null && 'name' in suite
      ? [{ name: String(suite.name), role: 'role' in suite ? suite.role : null }]
      : [],
  )
}
