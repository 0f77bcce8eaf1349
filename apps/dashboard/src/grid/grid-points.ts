import { isMissing, type Estimate, type ExperimentView, type Tone } from '@goalpost/contracts'
import { variedOptions } from '@goalpost/report-view'

/** One condition of a grid: its options' values, as written, and one number of its verdict. */
export type GridPoint = {
  readonly condition: string
  readonly tone: Tone
  /** In words, for people. */
  readonly verdict: string
  /** By the option's path. */
  readonly values: ReadonlyMap<string, string>
  readonly result: number
}

/** A number of the verdicts over a grid. */
export type GridResult = {
  readonly key: string
  readonly title: string
  readonly points: readonly GridPoint[]
}

export type GridOption = { readonly path: string; readonly values: readonly string[] }

/** With fewer conditions, or options, there is nothing to tell apart. */
const fewestConditions = 4
const fewestOptions = 2

/** The options that a grid varies; numbers ascend. Empty where it varies fewer than two. */
export function gridOptions({ conditions }: Pick<ExperimentView['resolved'], 'conditions'>): GridOption[] {
  if (conditions.length < fewestConditions) return []
  const options = variedOptions(conditions).map(({ path, values }) => ({
    path: path.join('.'),
    values: ordered(values),
  }))
  return options.length < fewestOptions ? [] : options
}

function ordered(values: readonly string[]): string[] {
  const areNumbers = values.every((value) => value.trim() !== '' && Number.isFinite(Number(value)))
  return areNumbers ? values.toSorted((a, b) => Number(a) - Number(b)) : [...values]
}

/** Each number of the verdicts that at least four conditions have. */
export function gridResults({ resolved, verdicts }: Pick<ExperimentView, 'resolved' | 'verdicts'>): GridResult[] {
  const values = new Map(resolved.conditions.map(({ name, options }) => [name, valuesOf(options)]))
  const numbers = verdicts.flatMap(({ condition, tone, name: verdict, numbers: all }) =>
    all.flatMap(({ key, label, estimate }) => {
      const of = values.get(condition)
      const result = resultOf(estimate)
      return key === null || of === undefined || result === null
        ? []
        : [{ key, label, condition, tone, verdict: verdict.replaceAll('-', ' '), values: of, result }]
    }),
  )
  return [...Map.groupBy(numbers, ({ key }) => key)].flatMap(([key, points]) =>
    points.length < fewestConditions ? [] : [{ key, title: points[0]?.label ?? key, points }],
  )
}

const resultOf = ({ value }: Estimate): number | null => (isMissing(value) ? null : value)

/** Written as `variedOptions` writes them. */
function valuesOf(options: unknown, path: readonly string[] = []): Map<string, string> {
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    return new Map([[path.join('.'), typeof options === 'string' ? options : JSON.stringify(options)]])
  return new Map(Object.entries(options).flatMap(([key, inner]) => [...valuesOf(inner, [...path, key])]))
}

/** What `variedOptions` writes where a condition lacks the option. */
export const valueOf = ({ values }: GridPoint, path: string): string => values.get(path) ?? 'not set'
