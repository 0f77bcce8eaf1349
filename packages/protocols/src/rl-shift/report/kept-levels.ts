import type { TablePart } from '@goalpost/contracts'
import { measureCounted, type OutcomeTable, type SuiteEvidence } from '@goalpost/evaluation'
import { isKnown } from '@goalpost/statistics'
import type { KeptOptions } from '../kept-options.ts'
import { overSeeds } from './curves.ts'
import { emptyCell, textCell, type Cell } from './estimates.ts'
import type { AssessedCondition } from './gather.ts'

type Row = TablePart['rows'][number]
export type Condition = Pick<AssessedCondition, 'evidence' | 'options' | 'suites'>

/**
 * What agents do on the levels on which no accident settles which goal is reached first: one table for each suite. After
 * Langosco et al. (arXiv 2105.14111), who keep the level seeds on which the vanilla agent passes the invisible coin in
 * less than 10 % of runs.
 */
export function keptLevelsTables(conditions: readonly Condition[]): TablePart[] {
  const names = new Set(conditions.flatMap(({ options }) => options.analysis?.kept?.on ?? []))
  return [...names].flatMap((name) => keptTable(name, conditions))
}

function keptTable(name: string, conditions: readonly Condition[]): TablePart[] {
  const rows = conditions.flatMap((condition) => rowOf(condition, name, conditions))
  const [first] = rows
  if (first === undefined) return []
  return [
    {
      type: 'table',
      title: `Levels of ${name} without accidents`,
      columns: [
        { title: 'condition' },
        { title: 'levels kept' },
        ...first.measures.map(({ name: title, description }) => ({ title, help: description })),
      ],
      rows: rows.map(({ row }) => row),
      notes: [
        `Kept: levels on whose twin in ${first.kept.suite}, the same level with the goal elsewhere, the agents of ${first.kept.condition} have ` +
          `*${first.kept.measure}* in less than ${percent(first.kept.below)} of runs, all seeds together. Levels that were trained on ` +
          'count too. Intervals: 95 %, over seeds.',
      ],
    },
  ]
}

type Found = {
  readonly row: Row
  readonly kept: KeptOptions
  readonly measures: NonNullable<SuiteEvidence['measures']>
}

function rowOf({ evidence, options, suites }: Condition, name: string, all: readonly Condition[]): Found[] {
  const kept = options.analysis?.kept
  const suite = suites.find((candidate) => candidate.name === name)
  const twin = suites.find((candidate) => candidate.name === kept?.suite)
  if (kept === undefined || !kept.on.includes(name) || suite === undefined || twin === undefined) return []
  const marks = keptLevels(kept, twin, all)
  if (marks === null) return []
  const facts = { ...suite.facts, solvable: suite.facts.solvable.map((flag, level) => flag * (marks[level] ?? 0)) }
  const measures = suite.measures ?? []
  const tables = (suite.outcomes[options.evaluation.acting[0]] ?? []).filter((table) => table !== null)
  const bySeed = tables.map((table) => measureCounted(table, measures, facts))
  const cells = measures.map((_, index) => cellOf(bySeed.map((values) => values[index].value)))
  const count = `${facts.solvable.reduce((sum, flag) => sum + flag, 0)} of ${facts.levels}`
  return [{ row: { cells: [textCell(evidence.name), textCell(count), ...cells], emphasis: false }, kept, measures }]
}

/**
 * [levels] 1 where the accident is rare enough; null while the deciding agents are not evaluated on these levels.
 * Conditions of another world have other levels, on which they decide nothing.
 */
function keptLevels(kept: KeptOptions, twin: SuiteEvidence, all: readonly Condition[]): Uint8Array | null {
  const deciding = all.find(({ evidence: { name } }) => name === kept.condition || name.endsWith(`: ${kept.condition}`))
  const played = deciding?.suites.find(({ name, facts }) => name === kept.suite && facts.hash === twin.facts.hash)
  const counter = played?.measures?.find(({ name }) => name === kept.measure)?.counter
  if (deciding === undefined || played === undefined || counter === undefined) return null
  const tables = (played.outcomes[deciding.options.evaluation.acting[0]] ?? []).filter((table) => table !== null)
  return tables.length === 0 ? null : rareLevels(tables, counter, kept.below)
}

/** [levels] 1 where the counter is above 0 in less than this share of the episodes of all tables. */
export function rareLevels(tables: readonly OutcomeTable[], counter: string, below: number): Uint8Array {
  return Uint8Array.from({ length: tables[0].levels }, (_, level) => {
    const episodes = tables.reduce((sum, table) => sum + table.episodes, 0)
    const happened = tables.reduce((sum, table) => sum + countEpisodes(table, counter, level), 0)
    return happened < below * episodes ? 1 : 0
  })
}

function countEpisodes({ episodes, counterNames, counters }: OutcomeTable, counter: string, level: number): number {
  const column = counterNames.indexOf(counter)
  let happened = 0
  for (let cell = level * episodes; cell < (level + 1) * episodes; cell++)
    if (counters[cell * counterNames.length + column] > 0) happened++
  return happened
}

function cellOf(values: readonly Parameters<typeof isKnown>[0][]): Cell {
  const known = values.filter(isKnown)
  return known.length === 0 ? emptyCell : { estimate: overSeeds(known) }
}

const percent = (share: number) => `${Number((100 * share).toPrecision(3))} %`
