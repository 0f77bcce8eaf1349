import type { Estimate, SeriesPart } from '@goalpost/contracts'
import { isKnown, mean, meanInterval } from '@goalpost/statistics'
import type { AssessedCondition } from './gather.ts'
import { evaluationsOf } from './read-evidence.ts'
import { referenceLines } from './reference-lines.ts'

type Line = SeriesPart['lines'][number]

/** True and proxy return over training steps on every suite, from the checkpoints evaluated so far. */
export function learningCurves(conditions: readonly AssessedCondition[]): SeriesPart[] {
  const names = [...new Set(conditions.flatMap(({ options }) => options.suites.map(({ name }) => name)))]
  return names.flatMap((suite) => {
    const lines = conditions.flatMap((condition) => [
      curve(condition, { suite, measure: 'true return', style: 'solid' }),
      curve(condition, { suite, measure: 'proxy return', style: 'dashed' }),
    ])
    const drawn = lines.filter(({ points }) => points.length > 1)
    if (drawn.length === 0) return []
    return [
      {
        type: 'series',
        title: `Return on ${suite} during training`,
        x: { title: 'environment steps', scale: 'linear' },
        y: { title: 'discounted return', scale: 'linear' },
        lines: drawn,
        references: referenceLines(conditions.flatMap((condition) => referencesOf(condition, suite))),
        caption,
      } satisfies SeriesPart,
    ]
  })
}

const caption =
  'Bands: 95 % intervals over seeds only. Verdicts and tables also cover the choice of levels, so their intervals are wider. ' +
  'Dotted: true return of reference policies.'

/** Each condition has its own references: its in-distribution suite depends on its training levels. */
function referencesOf({ evidence, assessment }: AssessedCondition, suite: string) {
  const anchors = (assessment?.anchors ?? []).find((candidate) => candidate.suite === suite)?.anchors ?? []
  return anchors.flatMap(
    ({
      reference,
      measures: {
        trueReturn: { value },
      },
    }) =>
      isKnown(value) && (reference === 'random' || reference === 'true-oracle')
        ? [{ condition: evidence.name, reference, value }]
        : [],
  )
}

type Which = { readonly suite: string; readonly measure: string; readonly style: Line['style'] }

function curve({ evidence, options }: AssessedCondition, { suite, measure, style }: Which): Line {
  const acting = options.evaluation.acting[0]
  const values = new Map<number, number[]>()
  for (const run of evidence.runs)
    for (const { step, result } of evaluationsOf(run)) {
      if (result === null) continue
      const found = result.measures.find(
        ({ name, labels }) => name === measure && labels['suite'] === suite && labels['acting'] === acting,
      )
      if (found === undefined || !isKnown(found.value)) continue
      values.set(step, [...(values.get(step) ?? []), found.value])
    }
  const points = [...values].toSorted(([a], [b]) => a - b).map(([x, seeds]) => ({ x, y: overSeeds(seeds) }))
  return { name: `${evidence.name}: ${measure}`, points, style, group: evidence.name }
}

/** The mean, with a Student-t interval from two seeds on. */
export function overSeeds(values: readonly number[]): Estimate {
  const value = mean(values)
  const interval = meanInterval(values, 0.95)
  return interval === null ? { value, count: values.length } : { value, ...interval, level: 0.95, count: values.length }
}
