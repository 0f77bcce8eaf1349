import type { TablePart } from '@goalpost/contracts'
import { artifactNames } from '../../worlds/artifact-names.ts'
import { decodePointing, type PointingLog } from '../pointing-log.ts'
import { overSeeds } from './curves.ts'
import { textCell } from './estimates.ts'
import type { GatheredCondition } from './gather.ts'
import { finalEvaluation } from './read-evidence.ts'

/** Where goal modules point when episodes begin: one table for each suite. */
export function pointingTables(conditions: readonly GatheredCondition[]): TablePart[] {
  const names = [...new Set(conditions.flatMap(({ options }) => options.suites.map(({ name }) => name)))]
  return names.flatMap((suite) => {
    const rows = conditions.flatMap((condition) => rowOf(condition, suite))
    return rows.length === 0 ? [] : [tableOf(suite, rows)]
  })
}

type Row = TablePart['rows'][number]

function rowOf({ evidence, files }: GatheredCondition, suite: string): Row[] {
  const logs = evidence.runs
    .map((run) => files.bytes(finalEvaluation(run), artifactNames.pointing(suite)))
    .filter((bytes) => bytes !== null)
    .map(decodePointing)
  if (logs.length === 0) return []
  const cell = mostPointed(logs)
  const { columns } = logs[0]
  const share = (isCounted: (log: PointingLog, level: number) => boolean) =>
    overSeeds(logs.map((log) => log.pointed.filter((_, level) => isCounted(log, level)).length / log.pointed.length))
  return [
    {
      cells: [
        textCell(evidence.name),
        { estimate: share(({ pointed, goals }, level) => pointed[level] === goals[level]) },
        textCell(`${Math.floor(cell / columns)}, ${cell % columns}`),
        { estimate: share(({ pointed }, level) => pointed[level] === cell) },
        { estimate: share(({ goals }, level) => goals[level] === cell) },
      ],
      emphasis: false,
    },
  ]
}

/** By all seeds together. */
function mostPointed(logs: readonly PointingLog[]): number {
  const counts = new Map<number, number>()
  for (const { pointed } of logs) for (const cell of pointed) counts.set(cell, (counts.get(cell) ?? 0) + 1)
  return [...counts].reduce((most, entry) => (entry[1] > most[1] ? entry : most))[0]
}

function tableOf(suite: string, rows: readonly Row[]): TablePart {
  return {
    type: 'table',
    title: `Where the goal module points on ${suite}`,
    columns: [
      { title: 'condition' },
      { title: 'at the goal', help: 'Share of the levels in which it points at the goal when an episode begins' },
      {
        title: 'its favourite cell',
        help: 'Row and column, the border included: the one that it points at most often',
      },
      { title: 'at that cell', help: 'Share of the levels in which it points there' },
      { title: 'goal at that cell', help: 'Share of the levels that have their goal there' },
    ],
    rows: [...rows],
    notes: ['All levels of the suite. Intervals: 95 %, over seeds.'],
  }
}
