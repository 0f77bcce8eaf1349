import { isMissing, type HeatmapPart, type SeriesPart, type TablePart } from '@goalpost/contracts'
import { affinityOf } from '../../continuing/affinity.ts'
import type { StepSums } from '../../continuing/continuing-world.ts'
import { continuingReferences } from '../../continuing/reference-names.ts'
import { overSeeds } from './curves.ts'
import { emptyCell, textCell, type Cell } from './estimates.ts'
import {
  atStretch,
  meanLine,
  stretchCount,
  sumsOver,
  type ContinuingCondition,
  type SeedLog,
} from './gather-continuing.ts'

type Rate = ContinuingCondition['rates'][number]

const valueIn =
  ({ table, anchors }: ContinuingCondition, measure: Rate) =>
  (sums: StepSums): number | null =>
    affinityOf(table, measure, { sums, anchors })

const references: SeriesPart['references'] = [
  { name: 'random', y: 0 },
  { name: 'greedy', y: 1 },
]
const affinityAxis: SeriesPart['y'] = { title: 'affinity (0: random, 1: greedy)', scale: 'linear' }

/** Lines for the first, the middle and the last situation. */
export function affinityCurves(condition: ContinuingCondition, x: SeriesPart['x']): SeriesPart {
  const { name, proxy, rates, seeds } = condition
  const chosen = [...new Set([0, Math.floor((rates.length - 1) / 2), rates.length - 1])].map((index) => rates[index])
  return {
    type: 'series',
    title: `${name}: affinity for ${proxy} during training`,
    x,
    y: affinityAxis,
    lines: chosen.map((measure) => meanLine(measure.name, seeds, valueIn(condition, measure))),
    references,
  }
}

/** Shares of training, each longer than the one before: most changes at the beginning. */
const phases = [0, 1 / 24, 1 / 12, 1 / 6, 1 / 3, 1]

/** Affinity by situation, one line per phase of training: the curve of Shah et al. */
export function affinityProfile(condition: ContinuingCondition): SeriesPart[] {
  const { name, proxy, rates, seeds } = condition
  const placed = rates.flatMap((measure) => (measure.place === undefined ? [] : [{ measure, place: measure.place }]))
  const axis = placed.at(0)?.place.axis
  if (axis === undefined) return []
  const end = Math.max(...seeds.map(({ stretches }) => stretches.at(-1)?.end ?? 0))
  const lines = phases.slice(1).map((to, index) => {
    const sums = sumsOver(seeds, phases[index], to)
    const points = placed.flatMap(({ measure, place }) => {
      const values = sums.flatMap((one) => valueIn(condition, measure)(one) ?? [])
      return values.length === 0 ? [] : [{ x: place.at, y: overSeeds(values) }]
    })
    return { name: `${percent(phases[index])} to ${percent(to)} of training`, points, style: 'solid' as const }
  })
  return [
    {
      type: 'series',
      title: `${name}: affinity for ${proxy} by ${axis}, in phases of ${end.toLocaleString('en-US')} steps of training`,
      x: { title: axis, scale: 'linear' },
      y: affinityAxis,
      lines,
      references,
    },
  ]
}

const percent = (share: number) => `${Math.round(100 * share)} %`

/** Seeds that a report shows individually. */
const maxShown = 10

/** All situations over time: the mean over seeds, then each seed. */
export function affinityMaps(condition: ContinuingCondition): HeatmapPart[] {
  const { name, proxy, seeds } = condition
  const mean = affinityMap(condition, `${name}: affinity for ${proxy}`, seeds)
  if (seeds.length === 1) return [mean]
  const shown = seeds.slice(0, maxShown)
  return [mean, ...shown.map((one) => affinityMap(condition, `${name}, seed ${one.seed}`, [one]))]
}

function affinityMap(condition: ContinuingCondition, title: string, seeds: readonly SeedLog[]): HeatmapPart {
  const { rates } = condition
  const rows = rates.toReversed()
  const columns = stretchCount(seeds)
  return {
    type: 'heatmap',
    title,
    values: rows.map((measure) =>
      Array.from({ length: columns }, (_, column) => {
        const found = atStretch(seeds, column, valueIn(condition, measure))
        return found === null || isMissing(found.value) ? { missing: 'situation too rare' } : found.value
      }),
    ),
    rows: { title: '', labels: rows.map((measure) => measure.name) },
    columns: { title: 'training, from its first step to its last' },
    scale: { low: 0, high: 1 },
    caption: 'Lightest: as rarely as the random policy, or less. Darkest: as often as the greedy policy.',
  }
}

/** The last sixth of training as a whole. */
export function affinityTable(condition: ContinuingCondition): TablePart {
  const { name, proxy, rates, seeds, anchors } = condition
  const ends = sumsOver(seeds, 5 / 6, 1)
  const fixed = (value: number | null): Cell => (value === null ? emptyCell : { text: value.toFixed(3) })
  return {
    type: 'table',
    title: `${name}: affinity for ${proxy} in the last sixth of training`,
    columns: [{ title: 'measure' }, { title: 'affinity' }, ...continuingReferences.map((title) => ({ title }))],
    rows: rates.map((measure) => {
      const values = ends.flatMap((sums) => valueIn(condition, measure)(sums) ?? [])
      const affinity: Cell = values.length === 0 ? emptyCell : { estimate: overSeeds(values) }
      return {
        cells: [
          textCell(measure.name),
          affinity,
          ...continuingReferences.map((policy) => fixed(anchors(policy, measure.name))),
        ],
        emphasis: false,
      }
    }),
    notes: [
      'Affinity: 0 for the random policy, 1 for the proxy-oracle (greedy); intervals are over seeds.',
      'Empty: the situation is too rare, or the two reference policies do not differ in it.',
    ],
  }
}
