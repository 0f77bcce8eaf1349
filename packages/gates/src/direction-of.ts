import type { GateRule } from '@goalpost/contracts'
import type { Direction } from './excess.ts'

type Measure = { readonly name: string; readonly direction: Direction }

/** Which way the measure of a rule is better. Verdicts and measures no longer declared have the usual one. */
export function directionOf(rule: GateRule, measures: readonly Measure[]): Direction {
  const watched = rule.kind === 'verdict' ? undefined : measures.find(({ name }) => name === rule.measure)
  return watched?.direction ?? 'higher-is-better'
}
