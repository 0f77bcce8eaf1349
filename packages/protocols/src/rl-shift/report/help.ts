import type { SeriesPart, TablePart } from '@goalpost/contracts'
import { mean } from '@goalpost/statistics'
import { artifactNames } from '../../worlds/artifact-names.ts'
import { decodeHelp, type HelpLog } from '../help-log.ts'
import { overSeeds } from './curves.ts'
import type { GatheredCondition } from './gather.ts'
import { detectionTable, differenceTable, memberTable, type Helped } from './help-tables.ts'
import { finalEvaluation } from './read-evidence.ts'

/** What ensembles' questions were worth: return against the share of help, and disagreement as a warning. */
export function helpParts(conditions: readonly GatheredCondition[]): (SeriesPart | TablePart)[] {
  const names = [...new Set(conditions.flatMap(({ options }) => options.suites.map(({ name }) => name)))]
  return names.flatMap((suite) => {
    const helped = conditions.flatMap((condition) => helpedOn(condition, suite))
    if (helped.length === 0) return []
    const tables = [differenceTable, detectionTable, memberTable]
    return [curvesOf(suite, helped), ...tables.map((table) => table(suite, helped))]
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
      'Solid: help where members disagree most; dashed: as often, at random steps. Solvable levels; means over seeds; ' +
      'bands: 95 % intervals over seeds.',
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
