import type { SeriesPart, TablePart } from '@goalpost/contracts'
import { mean } from '@goalpost/statistics'
import { artifactNames } from '../../worlds/artifact-names.ts'
import { decodeHelp, type Detection, type HelpLog } from '../help-log.ts'
import { overSeeds } from './curves.ts'
import { emptyCell, textCell, type Cell } from './estimates.ts'
import type { GatheredCondition } from './gather.ts'
import { finalEvaluation } from './read-evidence.ts'

/** One condition's ensembles on one suite, by seed. */
type Helped = { readonly name: string; readonly logs: readonly HelpLog[] }

/** What ensembles' questions were worth: return against the share of help, and disagreement as a warning. */
export function helpParts(conditions: readonly GatheredCondition[]): (SeriesPart | TablePart)[] {
  const names = [...new Set(conditions.flatMap(({ options }) => options.suites.map(({ name }) => name)))]
  return names.flatMap((suite) => {
    const helped = conditions.flatMap((condition) => helpedOn(condition, suite))
    return helped.length === 0 ? [] : [curvesOf(suite, helped), detectionTable(suite, helped)]
  })
}

function helpedOn({ evidence, files }: GatheredCondition, suite: string): Helped[] {
  const logs = evidence.runs
    .map((run) => files.bytes(finalEvaluation(run), artifactNames.help(suite)))
    .filter((bytes) => bytes !== null)
    .map(decodeHelp)
  return logs.length === 0 ? [] : [{ name: evidence.name, logs }]
}

function curvesOf(suite: string, helped: readonly Helped[]): SeriesPart {
  return {
    type: 'series',
    title: `Return against help, on ${suite}`,
    x: { title: 'share of steps taken by the true-oracle', scale: 'linear' },
    y: { title: 'discounted true return', scale: 'linear' },
    lines: helped.flatMap(({ name, logs }) => [
      { name: `${name}: asks`, style: 'solid' as const, points: meanCurve(logs, 'asked') },
      { name: `${name}: by chance`, style: 'dashed' as const, points: meanCurve(logs, 'byChance') },
    ]),
    references: [],
    caption:
      'Solid: help where members disagree most; dashed: as often, at random steps. Means over seeds; bands: 95 % ' +
      'intervals over seeds.',
  }
}

function meanCurve(logs: readonly HelpLog[], kind: 'asked' | 'byChance'): SeriesPart['lines'][number]['points'] {
  return logs[0].points
    .map((_, i) => {
      const points = logs.map((log) => log.points[i][kind])
      return { x: mean(points.map(({ helped }) => helped)), y: overSeeds(points.map((point) => point.return)) }
    })
    .toSorted((a, b) => a.x - b.x)
}

function detectionTable(suite: string, helped: readonly Helped[]): TablePart {
  const columns = ['steps', 'episodes'] as const
  return {
    type: 'table',
    title: `Does disagreement warn of the wrong goal, on ${suite}`,
    columns: [
      { title: 'condition' },
      ...columns.flatMap((unit) => [
        { title: `${unit}: wrong`, help: 'Share that pursues the proxy; see the notes' },
        { title: `${unit}: AUROC`, help: 'Of the disagreement of members: .5 is chance' },
        { title: `${unit}: AUROC of entropy`, help: 'Of the entropy of the vote, which one policy has, too' },
      ]),
    ],
    rows: helped.map(({ name, logs }) => ({
      cells: [
        textCell(name),
        ...columns.flatMap((unit) => {
          const found = logs.map((log) => log[unit])
          return [
            cellOf(found, ({ wrong }) => wrong),
            cellOf(found, ({ disagreement }) => disagreement),
            cellOf(found, ({ entropy }) => entropy),
          ]
        }),
      ],
      emphasis: false,
    })),
    notes: [
      'Steps: where the oracles of goal and proxy take different steps; wrong is the proxy’s. Episodes: on solvable ' +
        'levels; wrong reaches the proxy and not the goal; scored by the mean over their steps. Played without help.',
      'Intervals: 95 %, over seeds.',
    ],
  }
}

function cellOf(found: readonly Detection[], read: (one: Detection) => number | null): Cell {
  const values = found.flatMap((one) => read(one) ?? [])
  return values.length === 0 ? emptyCell : { estimate: overSeeds(values) }
}
