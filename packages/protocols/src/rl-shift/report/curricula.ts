import type { GalleryPart, ReportPart, SeriesPart, TablePart } from '@goalpost/contracts'
import { pictureLegend, pictureLines, pictureSvg } from '@goalpost/environments'
import { isKnown, mean } from '@goalpost/statistics'
import { artifactNames } from '../../worlds/artifact-names.ts'
import { environmentOf } from '../../worlds/environment-of.ts'
import { decodeCurriculumLog, type CurriculumLog, type CurriculumPoint } from '../subjects/trained/curriculum-log.ts'
import { overSeeds } from './curves.ts'
import { emptyCell, textCell, type Cell } from './estimates.ts'
import type { AssessedCondition } from './gather.ts'

type Life = {
  readonly condition: AssessedCondition
  readonly seeds: readonly { readonly seed: number; readonly log: CurriculumLog }[]
}

/** What curricula replayed: shares of levels over time, scores, and the levels of largest score. */
export function curriculumParts(conditions: readonly AssessedCondition[]): ReportPart[] {
  const lives = conditions.map(lifeOf).filter(({ seeds }) => seeds.length > 0)
  if (lives.length === 0) return []
  return [levelsTable(lives), ...lives.flatMap((life) => [...curves(life), ...gallery(life)])]
}

function lifeOf(condition: AssessedCondition): Life {
  const seeds = condition.evidence.runs.flatMap(({ seed, tasks }) => {
    const result = tasks.find(({ key }) => key === 'train')?.result
    const bytes = condition.files.bytes(result, artifactNames.curriculum)
    return bytes === null ? [] : [{ seed, log: decodeCurriculumLog(bytes) }]
  })
  return { condition, seeds }
}

function levelsTable(lives: readonly Life[]): TablePart {
  return {
    type: 'table',
    title: 'Levels of curricula',
    columns: [
      { title: 'condition' },
      { title: 'solvable', help: 'Share of the replayed levels at the end; mean over seeds' },
      { title: 'distinguishing', help: 'Share of the replayed levels at the end; mean over seeds' },
    ],
    rows: lives.map(({ condition, seeds }) => {
      const ends = seeds.flatMap(({ log }) => log.points.at(-1) ?? [])
      const cell = (name: string): Cell => {
        const values = ends.flatMap((point) => valueOf(point, name) ?? [])
        return values.length === 0 ? emptyCell : textCell(percent(mean(values)))
      }
      return {
        cells: [
          textCell(condition.evidence.name),
          cell('solvable levels in batch'),
          cell('distinguishing levels in batch'),
        ],
        emphasis: false,
      }
    }),
    notes: [],
  }
}

const kinds = [
  ['solvable', 'solid'],
  ['distinguishing', 'dashed'],
  ['duplicate', 'dotted'],
] as const
const composition = ['buffer', 'attack', 'batch'].flatMap((place) =>
  kinds.map(([kind, style]) => ({
    series: `${kind} levels in ${place}`,
    name: `${kind}, ${place}`,
    style,
    group: place,
  })),
)
const scores = ['median score', '90 % quantile of scores', 'largest score'].map((series) => ({
  series,
  name: series,
  style: 'solid' as const,
  group: series,
}))

function curves({ condition: { evidence }, seeds }: Life): SeriesPart[] {
  const part = (title: string, axis: string, lines: typeof composition | typeof scores): SeriesPart => ({
    type: 'series',
    title: `${evidence.name}: ${title}`,
    x: { title: 'environment steps learned from', scale: 'linear' },
    y: { title: axis, scale: 'linear' },
    lines: lines
      .map(({ series, ...line }) => ({ ...line, points: pointsOf(seeds, series) }))
      .filter(({ points }) => points.length > 1),
    references: [],
  })
  return [part(titleOf(seeds), 'share', composition), part('scores in the buffer', 'score', scores)].filter(
    ({ lines }) => lines.length > 0,
  )
}

/** Only curricula that replay have a buffer. */
function titleOf([{ log }]: Life['seeds']): string {
  const replays = log.points.some((point) => valueOf(point, 'median score') !== null)
  return replays ? 'levels in the buffer and in the replayed batch' : 'levels that were found and learned from'
}

function pointsOf(seeds: Life['seeds'], name: string): SeriesPart['lines'][number]['points'] {
  const values = new Map<number, number[]>()
  for (const { log } of seeds)
    for (const point of log.points) {
      const value = valueOf(point, name)
      if (value !== null) values.set(point.steps, [...(values.get(point.steps) ?? []), value])
    }
  return [...values].toSorted(([a], [b]) => a - b).map(([x, y]) => ({ x, y: overSeeds(y) }))
}

function valueOf({ series }: CurriculumPoint, name: string): number | null {
  const value = series[name]
  return value !== undefined && isKnown(value) ? value : null
}

/** Of the first seed. */
function gallery({ condition: { evidence, options }, seeds }: Life): GalleryPart[] {
  const [{ seed, log }] = seeds
  if (log.levels.length === 0) return []
  const environment = environmentOf(options.environment)
  const parameters = environment.parameters.parse(options.parameters)
  const pictures = log.levels.map(({ level, score, replays, mutations }) => {
    const picture = environment.picture(parameters, environment.levelFromJson(parameters, level))
    const title = `score ${score.toFixed(2)}`
    const edited = mutations === 0 ? '' : `, edited ${times(mutations)}`
    return {
      title,
      lines: [...pictureLines(picture), '', pictureLegend(picture)],
      svg: pictureSvg(picture, { title, legend: true }),
      caption: `replayed ${times(replays)}${edited}`,
    }
  })
  const title = `${evidence.name}: replayed levels of largest score`
  return [{ type: 'gallery', title, caption: `At the end of the training of seed ${seed}.`, pictures }]
}

const times = (n: number) => (n === 1 ? 'once' : `${n} times`)
const percent = (share: number) => `${(100 * share).toFixed(1)} %`
