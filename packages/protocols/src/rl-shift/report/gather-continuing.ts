import type { Estimate, SeriesPart } from '@goalpost/contracts'
import type { EpisodeMeasure, MeasureTable } from '@goalpost/environments'
import { isKnown } from '@goalpost/statistics'
import { artifactNames } from '../../worlds/artifact-names.ts'
import type { ReferenceRates } from '../../continuing/affinity.ts'
import { addSums, rateMeasures, type StepSums } from '../../continuing/continuing-world.ts'
import { continuingReferencesKey } from '../../continuing/plan-references.ts'
import { decodeWindowLog, type Stretch } from '../../continuing/window-log.ts'
import { overSeeds } from './curves.ts'
import type { AssessedCondition } from './gather.ts'
import { environmentOf } from '../../worlds/environment-of.ts'

/** One seed's whole training. */
export type SeedLog = { readonly seed: number; readonly stretches: readonly Stretch[] }

/** A condition with continuing training: the stretches of every seed and the rates of the reference policies. */
export type ContinuingCondition = {
  readonly name: string
  readonly proxy: string
  readonly table: MeasureTable
  readonly rates: readonly EpisodeMeasure[]
  readonly seeds: readonly SeedLog[]
  readonly anchors: ReferenceRates
}

/** Empty if the training is episodic or has no results yet. */
export function gatherContinuing({ evidence, options, files }: AssessedCondition): ContinuingCondition[] {
  const resultsOf = ({ tasks }: (typeof evidence.runs)[number], key: string) =>
    tasks.filter((task) => task.key === key).flatMap(({ result }) => result ?? [])
  const seeds = evidence.runs.flatMap((run) =>
    resultsOf(run, 'train').flatMap((result) => {
      const bytes = files.bytes(result, artifactNames.windows)
      return bytes === null ? [] : [{ seed: run.seed, stretches: decodeWindowLog(bytes) }]
    }),
  )
  if (seeds.length === 0) return []
  const environment = environmentOf(options.environment)
  const table = environment.measures(environment.parameters.parse(options.parameters))
  const measures = evidence.runs.flatMap((run) => resultsOf(run, continuingReferencesKey)).at(0)?.measures ?? []
  const anchors: ReferenceRates = (policy, name) => {
    const value = measures.find((measure) => measure.name === name && measure.labels['policy'] === policy)?.value
    return value !== undefined && isKnown(value) ? value : null
  }
  return [{ name: evidence.name, proxy: environment.goals[1].name, table, rates: rateMeasures(table), seeds, anchors }]
}

export type Line = SeriesPart['lines'][number]
export type Value = (sums: StepSums) => number | null

/** Means over seeds, by stretch. */
export function meanLine(name: string, seeds: readonly SeedLog[], valueOf: Value): Line {
  const points = Array.from({ length: stretchCount(seeds) }, (_, column) => {
    const y = atStretch(seeds, column, valueOf)
    const x = seeds.find(({ stretches }) => stretches.length > column)?.stretches[column].end
    return y === null || x === undefined ? [] : [{ x, y }]
  })
  return { name, points: points.flat(), style: 'solid' }
}

export function seedLine({ seed, stretches }: SeedLog, valueOf: Value): Line {
  const points = stretches.flatMap((stretch) => {
    const value = valueOf(stretch)
    return value === null ? [] : [{ x: stretch.end, y: { value } }]
  })
  return { name: `seed ${seed}`, points, style: 'solid' }
}

/** Stretches of the longest training. */
export function stretchCount(seeds: readonly SeedLog[]): number {
  return Math.max(...seeds.map(({ stretches }) => stretches.length))
}

export function atStretch(seeds: readonly SeedLog[], column: number, valueOf: Value): Estimate | null {
  const values = seeds.flatMap(({ stretches }) => {
    const stretch = stretches.at(column)
    return stretch === undefined ? [] : (valueOf(stretch) ?? [])
  })
  return values.length === 0 ? null : overSeeds(values)
}

/**
 * Sums over a part of every training, from one share of its stretches to another; trainings that have not reached it
 * are left out.
 */
export function sumsOver(seeds: readonly SeedLog[], from: number, to: number): StepSums[] {
  const count = stretchCount(seeds)
  return seeds.flatMap(({ stretches }) => {
    const [first, ...rest] = stretches.slice(Math.floor(from * count), Math.max(1, Math.ceil(to * count)))
    return first === undefined ? [] : [rest.reduce<StepSums>(addSums, first)]
  })
}
