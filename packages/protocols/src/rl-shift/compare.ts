import type { Report } from '@goalpost/contracts'
import type { ComparisonArm } from '@goalpost/experiments'
import { pairedDifferences } from './report/differences.ts'
import { assess } from './report/gather.ts'
import { suiteTables } from './report/tables.ts'
import { summariseVerdicts, verdictCards } from './report/verdict-card.ts'

/** Conditions side by side; differences are paired by level wherever two arms played the same suite. */
export function compareArms(arms: readonly ComparisonArm[], artifacts: ReadonlyMap<string, Uint8Array>): Report {
  const names = new Set(arms.map(({ condition }) => condition.name))
  const assessed = arms.map(({ experiment, condition }) => {
    const name = names.size === arms.length ? condition.name : `${experiment}: ${condition.name}`
    return assess({ ...condition, name }, artifacts)
  })
  const cards = assessed.flatMap(verdictCards)
  return {
    title: assessed.map(({ evidence }) => evidence.name).join(' against '),
    summary: summariseVerdicts(cards),
    parts: [...pairedDifferences(assessed, artifacts), ...suiteTables(assessed, artifacts), ...cards],
  }
}
