import type { Quantity } from '@goalpost/statistics'
import { tabulateCounted, weighCounted } from '../measures/counted-measures.ts'
import { tabulateGoals, weighGoals } from '../measures/goal-columns.ts'
import type { WeighedAnchors, WeighedPolicy } from '../measures/goal-measures.ts'
import type { AnchorMeans } from '../measures/measure-policy.ts'
import { type MeasuredLevels, tabulatePolicy } from '../measures/policy-columns.ts'
import { weighPolicy } from '../measures/policy-means.ts'
import type { Replicate } from '../measures/resampled-weights.ts'
import type { ResamplingRequest } from './resample-suite.ts'

/** Means of all policies and anchors under one replicate. */
export type WeighedSuite = {
  readonly policies: readonly WeighedPolicy[]
  readonly anchors: WeighedAnchors
  /** Those of the anchors alone, for the measures of the first two goals. */
  readonly means: AnchorMeans
  /** [policies][measures of the environment]. */
  readonly counted: readonly (readonly Quantity[])[]
}

/** Lays all tables out once; the returned function reweighs them for each replicate. */
export function createWeigher(
  { facts, references, tables, drawn, measures = [], judging, goals }: ResamplingRequest,
  measured: MeasuredLevels,
): (replicate: Replicate) => WeighedSuite {
  // A reference may be among the tables: its columns are laid out once, and summed once per replicate.
  const unique = [...new Set([...Object.values(references), ...tables])]
  const columns = unique.map((table) => ({
    own: tabulatePolicy(table, facts, { measured, judging }),
    goals: goals === undefined ? null : tabulateGoals(table, goals, { measured, judged: judging !== undefined }),
    counted: tabulateCounted(table, measures, measured),
  }))
  const rows = tables.map((table) => unique.indexOf(table))
  const sizes = new Set((drawn ?? unique).map(({ episodes }) => episodes))
  const anchorRows = Object.entries(references).map(([name, table]) => [name, unique.indexOf(table)] as const)
  return (replicate) => {
    for (const episodes of sizes) replicate.weights(episodes)
    const weighed = columns.map(({ own, goals: byGoal, counted }) => {
      const weights = replicate.weights(own.episodes)
      return {
        policy: { means: weighPolicy(own, weights), goals: byGoal === null ? [] : weighGoals(byGoal, weights) },
        counted: weighCounted(counted, weights),
      }
    })
    const anchors = anchorRows.map(([name, row]) => [name, weighed[row].policy] as const)
    return {
      policies: rows.map((row) => weighed[row].policy),
      counted: rows.map((row) => weighed[row].counted),
      anchors: new Map(anchors),
      means: Object.fromEntries(anchors.map(([name, { means }]) => [name, means])),
    }
  }
}
