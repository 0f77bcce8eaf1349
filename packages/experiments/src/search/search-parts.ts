import type { Estimate, ReportPart, ResolvedSearch, SeriesPart, TablePart } from '@goalpost/contracts'
import { isContradictory, mean, meanInterval, type Probe, type SearchEnd } from '@goalpost/statistics'
import type { Evidence, Protocol } from '../ports/protocol.ts'
import { readSearch, type ArmFinding } from './read-search.ts'

const confidence = 0.95

/** A table of the thresholds, and the curve of every arm. */
export function searchParts(
  search: ResolvedSearch,
  evidence: Evidence,
  protocol: Pick<Protocol, 'search'>,
): ReportPart[] {
  const findings = readSearch(search, evidence, protocol)
  return [thresholdTable(search, findings), ...curvePart(search, findings)]
}

function thresholdTable(search: ResolvedSearch, findings: readonly ArmFinding[]): TablePart {
  const { over, measure, line, direction, between, arms } = search
  const fitted = findings.flatMap((finding) => {
    const estimate = toEstimate(finding)
    return estimate === null || estimate.low === undefined ? [] : [{ option: over, name: finding.arm, estimate }]
  })
  return {
    type: 'table',
    title: `Threshold of ${over}: where ${measure.title} is ${line}`,
    columns: [
      { title: 'condition' },
      { title: 'threshold' },
      { title: 'after', help: 'The last value shown to lie before the threshold' },
      { title: 'before', help: 'The first value shown to lie after the threshold' },
      { title: 'values' },
      { title: 'runs' },
      { title: 'rounds' },
      { title: 'search' },
    ],
    rows: findings.map((finding) => ({ cells: cellsOf(search, finding), emphasis: arms.length === 1 })),
    notes: [
      `The mean of ${measure.title} over seeds is taken to be ${direction} in ${over}, from ${between[0]} to ${between[1]}; nothing else is assumed ` +
        'about its curve. Intervals: 95 %, for other seeds. The value between is read off the nearest monotone curve.',
      ...(search.stopped === undefined ? [] : [`The search stopped early: ${search.stopped}.`]),
      ...findings.flatMap(missingNote),
      ...findings.flatMap(equalNote),
    ],
    ...(fitted.length === 0 ? {} : { fitted }),
  }
}

function cellsOf(search: ResolvedSearch, finding: ArmFinding): TablePart['rows'][number]['cells'] {
  const { arm, probes, planned, threshold } = finding
  const estimate = toEstimate(finding)
  const own = search.probes.filter((probe) => probe.arm === arm)
  const rounds = own.reduce((latest, { round }) => Math.max(latest, round), 0)
  const runs = probes.reduce((sum, { seeds }) => sum + seeds.size, 0)
  const wanted = planned.reduce((sum, seeds) => sum + seeds, 0)
  const text = (value: string | number | null) => ({ text: value === null ? '–' : String(value) })
  return [
    text(arm),
    estimate === null ? text(outside(finding)) : { estimate },
    text(threshold.low),
    text(threshold.high),
    text(own.length),
    text(runs === wanted ? runs : `${runs} of ${wanted}`),
    text(rounds),
    text(describeEnd(search, finding)),
  ]
}

/** Why the search of an arm ended, or that it goes on. */
export function describeEnd(search: ResolvedSearch, { step }: Pick<ArmFinding, 'step'>): string {
  if (step.type === 'end') return endings[step.reason]
  return search.ended ? 'stopped early' : 'goes on'
}

/** What a missing run would have measured is not known: the threshold is that of the seeds that were measured. */
function missingNote({ arm, probes, planned }: ArmFinding): string[] {
  const lacking = probes.flatMap(({ value, seeds }, index) => {
    const wanted = planned[index] ?? seeds.size
    return seeds.size < wanted ? [`${seeds.size} of ${wanted} at ${value}`] : []
  })
  if (lacking.length === 0) return []
  return [
    `${arm}: not all seeds have a measurement (${lacking.join(', ')}). The threshold is that of the others, which differs ` +
      'if what is missing depends on what it would have measured.',
  ]
}

/** Two seeds that are the same by chance would look as if all were. */
function equalNote({ arm, probes }: ArmFinding): string[] {
  const equal = probes.filter(({ seeds }) => seeds.size > 1 && new Set(seeds.values()).size === 1)
  const fewest = Math.min(...equal.map(({ seeds }) => seeds.size))
  if (equal.length === 0 || fewest >= enoughEqual) return []
  const places = equal.map(({ value }) => value).join(', ')
  return [
    `${arm}: all seeds measured the same at ${places}. The interval takes that for certain, which ${fewest} seeds do not show ` +
      `where runs end at one of two values: use ${enoughEqual} or more.`,
  ]
}

/** So many equal signs have a chance of 2⁻⁵ or less where both are as likely: the sign test at 95 %. */
const enoughEqual = 6

const endings: Readonly<Record<SearchEnd, string>> = {
  narrow: 'narrow enough',
  budget: 'budget used up',
  below: 'lies before the range',
  above: 'lies after the range',
  resolution: 'no value is left between',
  'not-monotone': 'not monotone: above the line, then below',
}

function outside({ step }: ArmFinding): string {
  return step.type === 'end' && (step.reason === 'below' || step.reason === 'above') ? endings[step.reason] : '–'
}

/** The interval only where both ends are known. Null if the threshold lies outside the range, or is contradictory. */
export function toEstimate({ threshold, step, probes }: ArmFinding): Estimate | null {
  const { low, high, value } = threshold
  const isOutside = step.type === 'end' && (step.reason === 'above' || step.reason === 'below')
  if (value === null || isOutside || isContradictory(threshold)) return null
  const count = probes.reduce((most, { seeds }) => Math.max(most, seeds.size), 0)
  return low === null || high === null ? { value, count } : { value, low, high, level: confidence, count }
}

function curvePart({ over, measure, line, scale }: ResolvedSearch, findings: readonly ArmFinding[]): SeriesPart[] {
  const lines = findings.map(({ arm, probes }) => ({
    name: arm,
    points: probes.flatMap(pointOf),
    style: 'solid' as const,
  }))
  if (lines.every(({ points }) => points.length === 0)) return []
  return [
    {
      type: 'series',
      title: `${measure.title} over ${over}`,
      x: { title: over, scale },
      y: { title: measure.title, scale: 'linear' },
      lines,
      references: [{ name: 'line', y: line }],
      caption: 'Bands: 95 % intervals over seeds, for each value alone.',
    },
  ]
}

function pointOf({ value, seeds }: Probe): SeriesPart['lines'][number]['points'] {
  const values = [...seeds.values()]
  if (values.length === 0) return []
  const interval = meanInterval(values, confidence)
  const y = { value: mean(values), count: values.length }
  return [{ x: value, y: interval === null ? y : { ...y, ...interval, level: confidence } }]
}
