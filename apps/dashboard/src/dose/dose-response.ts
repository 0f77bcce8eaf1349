import {
  isMissing,
  type Estimate,
  type ExperimentView,
  type JsonObject,
  type Report,
  type Tone,
} from '@goalpost/contracts'
import { variedOptions } from '@goalpost/report-view'
import { seedClasses, type SeedClass } from '../experiment/seed-classes.ts'

export type Dot = { readonly name: string; readonly value: number; readonly tone: Tone }
/** One condition: its dose, the number with its interval, and each seed's own value where the report has them. */
export type DosePoint = {
  readonly condition: string
  readonly dose: number
  readonly tone: Tone
  /** In words, for people. */
  readonly verdict: string
  readonly estimate: Estimate
  readonly dots: readonly Dot[]
}
/** A dose with its interval, and where it holds, e.g. on which suite. */
export type FittedDose = { readonly name: string; readonly estimate: Estimate & { readonly value: number } }
export type DoseResponse = {
  readonly key: string
  readonly title: string
  /** The rule's threshold for the number. */
  readonly threshold: number | undefined
  /** Doses at which a finding changes, as fitted by the report. */
  readonly fitted?: readonly FittedDose[]
  /** Whether doses are whole numbers in a row, such as versions. */
  readonly counted?: boolean
  readonly points: readonly DosePoint[]
}

/** Fewer doses show no response. */
const fewestDoses = 3

/** Options that differ between conditions and are numbers in all of them, as dotted paths. */
export function doseOptions({ conditions }: ExperimentView['resolved']): string[] {
  return variedOptions(conditions)
    .filter(({ values }) => values.length >= fewestDoses && values.every((value) => Number.isFinite(Number(value))))
    .map(({ path }) => path.join('.'))
}

/** What each number of the verdicts does as one option grows. The headlines come first, then those with a value for each seed. */
export function doseResponses(
  { resolved, verdicts }: Pick<ExperimentView, 'resolved' | 'verdicts'>,
  report: Report | null,
  option: string,
): DoseResponse[] {
  const doses = new Map(resolved.conditions.map(({ name, options }) => [name, doseOf(options, option)]))
  const classes = seedClasses(report)
  const numbers = verdicts.flatMap(({ condition, title, tone, name, numbers: all }) =>
    all.flatMap(({ key, label, estimate }) => {
      const dose = doses.get(condition)
      return key === null || dose === undefined || isMissing(estimate.value)
        ? []
        : [{ key, label, condition, title, tone, verdict: name.replaceAll('-', ' '), dose, estimate }]
    }),
  )
  const responses = [...Map.groupBy(numbers, ({ key }) => key)].map(([key, points]) => {
    const title = points[0]?.label ?? key
    return {
      key,
      title,
      threshold: thresholdOf(report, key),
      fitted: fittedOf(report, option),
      points: points
        .map((point) => ({ ...point, dots: dotsOf(report, point, classes) }))
        .toSorted((a, b) => a.dose - b.dose),
    }
  })
  const hasDots = ({ points }: DoseResponse): boolean => points.some(({ dots }) => dots.length > 0)
  const rank = (response: DoseResponse): number =>
    (cardNumbers(report, response.key).some(({ headline }) => headline) ? 0 : 2) + (hasDots(response) ? 0 : 1)
  return responses
    .filter(({ points }) => new Set(points.map(({ dose }) => dose)).size >= fewestDoses)
    .toSorted((a, b) => rank(a) - rank(b))
}

function doseOf(options: JsonObject, path: string): number | undefined {
  let value: unknown = options
  for (const part of path.split('.'))
    value =
      typeof value === 'object' && value !== null
        ? new Map<string, unknown>(Object.entries(value)).get(part)
        : undefined
  return typeof value === 'number' ? value : undefined
}

function fittedOf(report: Report | null, wanted: string): FittedDose[] {
  const fitted = report?.parts.flatMap((part) => (part.type === 'table' ? (part.fitted ?? []) : [])) ?? []
  return fitted.flatMap(({ option, name, estimate }) =>
    option === wanted && typeof estimate.value === 'number'
      ? [{ name, estimate: { ...estimate, value: estimate.value } }]
      : [],
  )
}

function thresholdOf(report: Report | null, wanted: string): number | undefined {
  return cardNumbers(report, wanted).find(({ threshold }) => threshold !== undefined)?.threshold
}

/** A number on the cards of all verdicts. */
function cardNumbers(report: Report | null, wanted: string) {
  const numbers = report?.parts.flatMap((part) => (part.type === 'verdict' ? part.numbers : [])) ?? []
  return numbers.filter(({ key }) => key === wanted)
}

type CardNumber = { readonly condition: string; readonly title: string; readonly key: string }

/** Each seed's own value of a number on a verdict's card. */
function dotsOf(
  report: Report | null,
  { condition, title, key }: CardNumber,
  classes: ReadonlyMap<string, SeedClass>,
): Dot[] {
  const cards = report?.parts.filter((part) => part.type === 'verdict') ?? []
  const card = cards.find((part) => part.condition === condition && part.title === title)
  const values = card?.numbers.find((number) => number.key === key)?.values ?? []
  return values.flatMap(({ seed, value }) => {
    if (isMissing(value)) return []
    const { name, tone } = classes.get(`${condition}\n${seed}`) ?? { name: '', tone: 'neutral' }
    return [{ name: name === '' ? `seed ${seed}` : `seed ${seed}, ${name}`, value, tone }]
  })
}
