import type { TablePart } from '@goalpost/contracts'
import type { OutcomeTable, SuiteEvidence } from '@goalpost/evaluation'
import { isHeldOut } from '../held-out-places.ts'
import { methodBesidePpoOf } from '../subjects/trained/method-options.ts'
import { overSeeds } from './curves.ts'
import { emptyCell, textCell, type Cell } from './estimates.ts'
import type { AssessedCondition } from './gather.ts'
import { placesOf, type Places } from './goal-places.ts'

/** Whether instructions are followed, by place: told in training or held out. One table for each suite with both. */
export function toldGoalTables(conditions: readonly AssessedCondition[]): TablePart[] {
  const told = conditions.filter(isTold)
  const names = [...new Set(told.flatMap(({ suites }) => suites.map(({ name }) => name)))]
  return names.flatMap((suite) => {
    const rows = told.flatMap((condition) => rowsOf(condition, suite))
    return rows.length === 0 ? [] : [tableOf(suite, rows)]
  })
}

function isTold({ options }: AssessedCondition): boolean {
  return options.policy === undefined && methodBesidePpoOf(options)?.kind === 'goal-conditioned'
}

type Row = TablePart['rows'][number]

function rowsOf({ evidence, options, suites }: AssessedCondition, name: string): Row[] {
  const played = suites.find((suite) => suite.name === name)
  const suite = options.suites.find((one) => one.name === name)
  const places = played === undefined || suite === undefined ? null : placesOf(options, suite, played.facts.hash)
  if (played === undefined || places === null) return []
  const tables = (played.outcomes[options.evaluation.acting[0]] ?? []).filter((table) => table !== null)
  return [false, true].map((heldOut, index) => {
    const levels = levelsAt(played, places, heldOut)
    return {
      cells: [
        textCell(index === 0 ? evidence.name : ''),
        textCell(heldOut ? 'held out' : 'told in training'),
        textCell(String(levels.length)),
        returnOn(levels, tables, 0),
        returnOn(levels, tables, 1),
      ],
      emphasis: false,
    }
  })
}

function levelsAt({ facts, excluded }: SuiteEvidence, places: Places, heldOut: boolean): number[] {
  return places.flatMap((place, level) =>
    isHeldOut(place) === heldOut && facts.solvable[level] === 1 && excluded?.[level] !== 1 ? [level] : [],
  )
}

function returnOn(levels: readonly number[], tables: readonly OutcomeTable[], goal: 0 | 1): Cell {
  if (levels.length === 0 || tables.length === 0) return emptyCell
  const means = tables.map(({ episodes, goals }) => {
    const { returns } = goals[goal]
    const of = (level: number) => returns.subarray(level * episodes, (level + 1) * episodes)
    const total = levels.reduce((sum, level) => sum + of(level).reduce((a, b) => a + b, 0), 0)
    return total / (levels.length * episodes)
  })
  return { estimate: overSeeds(means) }
}

function tableOf(suite: string, rows: readonly Row[]): TablePart {
  return {
    type: 'table',
    title: `Told goals on ${suite}`,
    columns: [
      { title: 'condition' },
      { title: 'place of the goal' },
      { title: 'levels', help: 'Solvable ones' },
      { title: 'true return' },
      { title: 'proxy return' },
    ],
    rows: [...rows],
    notes: ['Every policy is told the place of the intended goal. Intervals: 95 %, over seeds.'],
  }
}
