import type { TablePart } from '@goalpost/contracts'
import type { OutcomeTable, SuiteEvidence } from '@goalpost/evaluation'
import { toldKindOf, toldKinds } from '../told-places.ts'
import { overSeeds } from './curves.ts'
import { emptyCell, textCell, type Cell } from './estimates.ts'
import type { AssessedCondition } from './gather.ts'
import { placesOf } from './goal-places.ts'

/** Whether instructions are followed, by what was told of a place in training. One table for each suite with several places. */
export function toldGoalTables(conditions: readonly AssessedCondition[]): TablePart[] {
  const names = [...new Set(conditions.flatMap(({ suites }) => suites.map(({ name }) => name)))]
  return names.flatMap((suite) => {
    const rows = conditions.flatMap((condition) => rowsOf(condition, suite))
    return rows.length === 0 ? [] : [tableOf(suite, rows)]
  })
}

type Row = TablePart['rows'][number]

function rowsOf({ evidence, options, suites }: AssessedCondition, name: string): Row[] {
  const kindOf = toldKindOf(options)
  const played = suites.find((suite) => suite.name === name)
  const suite = options.suites.find((one) => one.name === name)
  if (kindOf === null || played === undefined || suite === undefined) return []
  const places = placesOf(options, suite, played.facts.hash)
  if (places === null) return []
  const kinds = places.map(kindOf)
  const tables = (played.outcomes[options.evaluation.acting[0]] ?? []).filter((table) => table !== null)
  const found = toldKinds
    .map((kind) => ({ kind, levels: countedLevels(played).filter((level) => kinds[level] === kind) }))
    .filter(({ levels }) => levels.length > 0)
  return found.map(({ kind, levels }, index) => ({
    cells: [
      textCell(index === 0 ? evidence.name : ''),
      textCell(kind),
      textCell(String(levels.length)),
      shareOfOptimum(played, levels, tables),
      returnOn(levels, tables, 0),
      returnOn(levels, tables, 1),
    ],
    emphasis: false,
  }))
}

function countedLevels({ facts, excluded }: SuiteEvidence): number[] {
  return Array.from(facts.solvable, (_, level) => level).filter(
    (level) => facts.solvable[level] === 1 && excluded?.[level] !== 1,
  )
}

/** Comparable between places: the optimum is smaller where the way is longer. */
function shareOfOptimum({ facts }: SuiteEvidence, levels: readonly number[], tables: readonly OutcomeTable[]): Cell {
  const optimum = levels.reduce((sum, level) => sum + facts.optimalReturns[0][level], 0) / levels.length
  if (tables.length === 0 || !(optimum > 0)) return emptyCell
  return { estimate: overSeeds(meanReturns(levels, tables, 0).map((value) => value / optimum)) }
}

function returnOn(levels: readonly number[], tables: readonly OutcomeTable[], goal: 0 | 1): Cell {
  return tables.length === 0 ? emptyCell : { estimate: overSeeds(meanReturns(levels, tables, goal)) }
}

/** By seed. */
function meanReturns(levels: readonly number[], tables: readonly OutcomeTable[], goal: 0 | 1): number[] {
  return tables.map(({ episodes, goals }) => {
    const { returns } = goals[goal]
    const of = (level: number) => returns.subarray(level * episodes, (level + 1) * episodes)
    const total = levels.reduce((sum, level) => sum + of(level).reduce((a, b) => a + b, 0), 0)
    return total / (levels.length * episodes)
  })
}

function tableOf(suite: string, rows: readonly Row[]): TablePart {
  return {
    type: 'table',
    title: `Told goals on ${suite}`,
    columns: [
      { title: 'condition' },
      { title: 'place of the goal', help: 'By what instructions said of it in training' },
      { title: 'levels', help: 'Solvable ones' },
      { title: 'share of the optimum', help: 'Mean true return / mean optimum of the same levels' },
      { title: 'true return' },
      { title: 'proxy return' },
    ],
    rows: [...rows],
    notes: [
      'In this suite every policy is told the place of the intended goal, unless it was never told anything. Compare places by ' +
        'their shares: distances differ. Intervals: 95 %, over seeds.',
    ],
  }
}
