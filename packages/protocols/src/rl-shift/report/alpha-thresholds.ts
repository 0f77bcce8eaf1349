import type { Estimate, TablePart } from '@goalpost/contracts'
import { canonicalJson } from '@goalpost/experiments'
import { unchecked } from '@goalpost/protocol-kit'
import { findCrossing, isKnown, mean, meanInterval, type Crossing } from '@goalpost/statistics'
import { emptyCell, textCell, type Cell } from './estimates.ts'
import type { AssessedCondition } from './gather.ts'

type Row = TablePart['rows'][number]
export type Condition = Pick<AssessedCondition, 'evidence' | 'options' | 'assessment'>

/** With fewer, a curve over α is hardly known. */
const fewestAlphas = 3

/**
 * The share of distinguishing levels in training from which on the goal is reached first more often than the proxy, on
 * every shifted suite: for conditions that differ in nothing but α.
 */
export function alphaThresholds(conditions: readonly Condition[]): TablePart[] {
  const found = mixtures(conditions).flatMap((mixture) =>
    shiftedSuites(mixture).flatMap((suite) => thresholdOf(mixture, suite)),
  )
  const rows = found.map(({ row }) => row)
  const fitted = found.flatMap(({ suite, estimate }) =>
    estimate === null ? [] : [{ option: 'alpha', name: suite, estimate }],
  )
  if (rows.length === 0) return []
  return [
    {
      type: 'table',
      title: 'How many distinguishing levels it takes',
      columns: [
        { title: 'shifted suite' },
        { title: 'threshold α', help: 'Where the goal is reached first in half of the episodes that reach one first' },
        { title: 'seeds', help: 'How many seeds have their threshold in the range of α' },
        { title: 'range of α', help: 'Above 0: the smallest and the largest' },
      ],
      rows,
      notes: [
        'By seed: the nearest curve that does not fall with α, interpolated over log α. Estimates: the geometric mean over seeds with a 95 % ' +
          'interval, only if every seed has its threshold in the range.',
      ],
      ...(fitted.length === 0 ? {} : { fitted }),
    },
  ]
}

/** Groups of conditions with at least three values of α above 0 and equal options otherwise. */
function mixtures(conditions: readonly Condition[]): Condition[][] {
  const groups = new Map<string, Condition[]>()
  for (const condition of conditions) {
    const key = canonicalJson(unchecked({ ...condition.options, alpha: null }))
    groups.set(key, [...(groups.get(key) ?? []), condition])
  }
  return [...groups.values()]
    .map((group) =>
      group.filter(({ options }) => options.alpha > 0).toSorted((a, b) => a.options.alpha - b.options.alpha),
    )
    .filter((group) => group.length >= fewestAlphas)
}

function shiftedSuites([first]: readonly Condition[]): string[] {
  return (first?.options.suites ?? []).filter(({ role }) => role === 'shifted').map(({ name }) => name)
}

/** `estimate` is null unless every seed has its threshold in the range of α. */
type Threshold = { readonly suite: string; readonly row: Row; readonly estimate: Estimate | null }

function thresholdOf(mixture: readonly Condition[], suite: string): Threshold[] {
  const crossings = seedsOf(mixture).flatMap((seed) => crossingOf(mixture, suite, seed) ?? [])
  if (crossings.length === 0) return []
  const inside = crossings.filter((crossing) => typeof crossing === 'number')
  const alphas = mixture.map(({ options }) => options.alpha)
  const outside = crossings.length - inside.length
  const estimate = outside === 0 ? geometricMean(inside) : null
  const cells = [
    textCell(suite),
    estimate === null ? outsideCell(crossings, alphas) : { estimate },
    textCell(`${inside.length} of ${crossings.length}`),
    textCell(`${alphas[0]} to ${alphas.at(-1)}`),
  ]
  return [{ suite, row: { cells, emphasis: false }, estimate }]
}

function outsideCell(crossings: readonly Crossing[], alphas: readonly number[]): Cell {
  const count = (side: Crossing) => crossings.filter((crossing) => crossing === side).length
  const parts = [
    [count('before'), `below ${alphas[0]}`],
    [count('after'), `above ${alphas.at(-1)}`],
  ] as const
  const found = parts.filter(([seeds]) => seeds > 0)
  return found.length === 0 ? emptyCell : textCell(found.map(([seeds, where]) => `${where} for ${seeds}`).join(', '))
}

const seedsOf = (mixture: readonly Condition[]) => [
  ...new Set(mixture.flatMap(({ evidence }) => evidence.runs.map(({ seed }) => seed))),
]

/** Null unless the seed is measured at every α. */
function crossingOf(mixture: readonly Condition[], suite: string, seed: number): Crossing | null {
  const points = mixture.flatMap(({ options, assessment }) => {
    const [acting] = options.evaluation.acting
    const found = assessment?.suites.find((candidate) => candidate.suite === suite && candidate.acting === acting)
    const value = found?.seeds.find((one) => one.seed === seed)?.measures.goalFirst.value
    return value !== undefined && isKnown(value) ? [{ x: Math.log(options.alpha), y: value }] : []
  })
  return points.length < mixture.length ? null : findCrossing(points, 0.5)
}

function geometricMean(logarithms: readonly number[]): Estimate {
  const value = Math.exp(mean(logarithms))
  const interval = meanInterval(logarithms, 0.95)
  if (interval === null) return { value, count: logarithms.length }
  return { value, low: Math.exp(interval.low), high: Math.exp(interval.high), level: 0.95, count: logarithms.length }
}
