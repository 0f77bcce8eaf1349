import type { RuleJudgement } from '@goalpost/contracts'

/** On how many of a run's units a rule's measure could be read, e.g. `measured on 30 of 32 units`; null for rules without one. */
export function measuredOn({ difference, units }: Pick<RuleJudgement, 'difference' | 'units'>, tested: number) {
  if (difference === null) return null
  const of =
    units < tested ? `${units.toLocaleString('en')} of ${tested.toLocaleString('en')}` : units.toLocaleString('en')
  return `measured on ${of} ${tested === 1 ? 'unit' : 'units'}`
}
