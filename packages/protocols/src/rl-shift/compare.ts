import type { Report } from '@goalpost/contracts'
import type { ComparisonArm } from '@goalpost/experiments'
import { pairedDifferences } from './report/differences.ts'
import { assess } from './report/assess.ts'
import { suiteTables } from './report/tables.ts'
import { summariseVerdicts, verdictCards } from './report/verdict-card.ts'

/** Conditions side by side; differences are paired by level if two arms played the same suite. */
export function compareArms(arms: readonly ComparisonArm[], artifacts: ReadonlyMap<string, Uint8Array>): Report {
  const names = new Set(arms.map(({ condition }) => condition.name))
  const named = arms.map(({ experiment, condition }) => ({
    ...condition,
    name: names.size === arms.length ? condition.name : `${experiment}: ${condition.name}`,
  }))
  const { conditions: assessed } = assess(named, artifacts)
  const cards = assessed.flatMap(verdictCards)
  return {
    title: assessed.map(({ evidence }) => evidence.name).join(' against '),
    summary: summariseVerdicts(cards),
    parts: [...pairedDifferences(assessed), ...suiteTables(assessed), ...cards],
  }
}
