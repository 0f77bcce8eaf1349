import type { Estimate, HeatmapPart, ReportPart, SeriesPart, TablePart } from '@goalpost/contracts'
import type { EpisodeMeasure, MeasureTable } from '@goalpost/environments'
import { isKnown } from '@goalpost/evaluation'
import { artifactNames } from '../artifact-names.ts'
import { environmentOf } from '../complete.ts'
import { affinityOf, type Anchors } from '../endless/affinity.ts'
import { addSums, rateMeasures, type StepSums } from '../endless/endless-world.ts'
import { anchorsKey } from '../endless/plan-anchors.ts'
import { anchorNames } from '../endless/play-anchors.ts'
import { decodeWindowLog, type Stretch } from '../endless/window-log.ts'
import { overSeeds } from './curves.ts'
import { emptyCell, textCell, type Cell } from './estimates.ts'
import { readArtifact, type Artifacts, type AssessedCondition } from './gather.ts'

/** A never-ending training of one condition: every seed's stretches, and what the reference policies do there. */
type EndlessCondition = {
  readonly name: string
  readonly proxy: string
  readonly table: MeasureTable
  readonly rates: readonly EpisodeMeasure[]
  readonly seeds: readonly (readonly Stretch[])[]
  readonly anchors: Anchors
}

/** What became of agents that learned without an end: reward and affinity over time, in place of suites of episodes. */
export function endlessParts(conditions: readonly AssessedCondition[], artifacts: Artifacts): ReportPart[] {
  const endless = conditions.flatMap((condition) => gatherEndless(condition, artifacts))
  if (endless.length === 0) return []
  return [
    rewardCurves(endless),
    ...endless.flatMap((one) => [affinityCurves(one), affinityMap(one), affinityTable(one)]),
  ]
}

function gatherEndless({ evidence, options }: AssessedCondition, artifacts: Artifacts): EndlessCondition[] {
  const results = (key: string) =>
    evidence.runs.flatMap(({ tasks }) => tasks.filter((task) => task.key === key).flatMap(({ result }) => result ?? []))
  const seeds = results('train').flatMap((result) => {
    const bytes = readArtifact(result, artifactNames.windows, artifacts)
    return bytes === null ? [] : [decodeWindowLog(bytes)]
  })
  if (seeds.length === 0) return []
  const environment = environmentOf(options.environment)
  const table = environment.measures(environment.parameters.parse(options.parameters))
  const measures = results(anchorsKey).at(0)?.measures ?? []
  const anchors: Anchors = (policy, name) => {
    const value = measures.find((measure) => measure.name === name && measure.labels['policy'] === policy)?.value
    return value !== undefined && isKnown(value) ? value : null
  }
  return [{ name: evidence.name, proxy: environment.proxyGoal.name, table, rates: rateMeasures(table), seeds, anchors }]
}

type Line = SeriesPart['lines'][number]

const timeAxis: SeriesPart['x'] = { title: 'environment steps of training', scale: 'linear' }

function rewardCurves(conditions: readonly EndlessCondition[]): SeriesPart {
  const [first] = conditions
  return {
    type: 'series',
    title: 'Reward per step, of a training without an end',
    x: timeAxis,
    y: { title: 'reward per step', scale: 'linear' },
    lines: conditions.map(({ name, seeds }) => lineOf(name, seeds, ({ reward, steps }) => reward / steps)),
    references: anchorNames.flatMap((policy) => {
      // Greedy's is of short streams: it does not last.
      const y = policy === 'proxy-oracle' ? null : first.anchors(policy, 'reward per step')
      return y === null ? [] : [{ name: policy, y }]
    }),
  }
}

/** A line for the situation that comes first, one from the middle, and the last. */
function affinityCurves({ name, proxy, table, rates, seeds, anchors }: EndlessCondition): SeriesPart {
  const chosen = [...new Set([0, Math.floor((rates.length - 1) / 2), rates.length - 1])].map((index) => rates[index])
  return {
    type: 'series',
    title: `${name}: affinity for ${proxy} while training`,
    x: timeAxis,
    y: { title: 'affinity (0: random, 1: greedy)', scale: 'linear' },
    lines: chosen.map((measure) =>
      lineOf(measure.name, seeds, (sums) => affinityOf(table, measure, { sums, anchors })),
    ),
    references: [
      { name: 'random', y: 0 },
      { name: 'greedy', y: 1 },
    ],
  }
}

function affinityMap({ name, proxy, table, rates, seeds, anchors }: EndlessCondition): HeatmapPart {
  const columns = Math.max(...seeds.map((stretches) => stretches.length))
  return {
    type: 'heatmap',
    title: `${name}: affinity for ${proxy}; rows from ${rates.at(-1)?.name} down to ${rates[0].name}, columns over training`,
    values: rates.toReversed().map((measure) =>
      Array.from({ length: columns }, (_, column) => {
        const found = atStretch(seeds, column, (sums) => affinityOf(table, measure, { sums, anchors }))
        return found?.value ?? { missing: 'hardly ever in this situation' }
      }),
    ),
  }
}

/** The last sixth of training, in one. */
function affinityTable({ name, proxy, table, rates, seeds, anchors }: EndlessCondition): TablePart {
  const ends = seeds.map((stretches) => addUp(stretches.slice(-Math.ceil(stretches.length / 6))))
  const fixed = (value: number | null): Cell => (value === null ? emptyCell : { text: value.toFixed(3) })
  return {
    type: 'table',
    title: `${name}: affinity for ${proxy} in the last sixth of training`,
    columns: [{ title: 'measure' }, { title: 'affinity' }, ...anchorNames.map((title) => ({ title }))],
    rows: rates.map((measure) => {
      const values = ends.flatMap((sums) => affinityOf(table, measure, { sums, anchors }) ?? [])
      const affinity: Cell = values.length === 0 ? emptyCell : { estimate: overSeeds(values) }
      return {
        cells: [textCell(measure.name), affinity, ...anchorNames.map((policy) => fixed(anchors(policy, measure.name)))],
        emphasis: false,
      }
    }),
    notes: [
      'Affinity: 0 as the random policy, 1 as the proxy-oracle (greedy), by the measure; intervals are over seeds.',
      'Empty: hardly ever in this situation, or the two do not differ there.',
    ],
  }
}

type Value = (sums: StepSums) => number | null

function lineOf(name: string, seeds: EndlessCondition['seeds'], valueOf: Value): Line {
  const columns = Math.max(...seeds.map((stretches) => stretches.length))
  const points = Array.from({ length: columns }, (_, column) => {
    const y = atStretch(seeds, column, valueOf)
    const x = seeds.find((stretches) => stretches.length > column)?.[column].end
    return y === null || x === undefined ? [] : [{ x, y }]
  })
  return { name, points: points.flat(), style: 'solid' }
}

function atStretch(seeds: EndlessCondition['seeds'], column: number, valueOf: Value): Estimate | null {
  const values = seeds.flatMap((stretches) => {
    const stretch = stretches.at(column)
    return stretch === undefined ? [] : (valueOf(stretch) ?? [])
  })
  return values.length === 0 ? null : overSeeds(values)
}

function addUp(stretches: readonly Stretch[]): StepSums {
  const [first, ...rest] = stretches
  return rest.reduce<StepSums>(addSums, first)
}
