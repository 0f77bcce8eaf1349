import type { SeriesPart } from '@goalpost/contracts'
import type { MeasurePlace } from '@goalpost/environments'
import type { CountedEstimate } from '@goalpost/evaluation'
import { toEstimate } from './estimates.ts'
import type { AssessedCondition } from './gather.ts'

type Line = SeriesPart['lines'][number]
type Counted = readonly CountedEstimate[]

/** Reference policies drawn in these charts. */
const shownReferences: readonly string[] = ['random', 'proxy-oracle', 'true-oracle']

/** Measures that depend on a number, such as the monsters left, as a curve over that number. One chart per suite. */
export function countedCurves(conditions: readonly AssessedCondition[]): SeriesPart[] {
  const names = [...new Set(conditions.flatMap(({ options }) => options.suites.map(({ name }) => name)))]
  return names.flatMap((suite) => {
    const policies = conditions.flatMap((condition) => policyOn(condition, suite))
    const places = (policies.at(0)?.counted ?? []).flatMap(({ place }) => place ?? [])
    const families = [...new Map(places.map((place) => [place.family, place])).values()]
    return families.map((family) => curve(family, suite, [...policies, ...referencesOn(conditions, suite)]))
  })
}

type Played = { readonly name: string; readonly style: Line['style']; readonly counted: Counted }

/** In the action selection mode that verdicts use. */
function policyOn({ evidence, options, assessment }: AssessedCondition, suite: string): Played[] {
  const found = assessment?.suites.find(
    (candidate) => candidate.suite === suite && candidate.acting === options.evaluation.acting[0],
  )
  return found === undefined ? [] : [{ name: evidence.name, style: 'solid', counted: found.counted }]
}

function referencesOn(conditions: readonly AssessedCondition[], suite: string): Played[] {
  const anchors = conditions
    .flatMap(({ assessment }) => assessment?.anchors ?? [])
    .find((candidate) => candidate.suite === suite)?.anchors
  return (anchors ?? [])
    .filter(({ reference }) => shownReferences.includes(reference))
    .map(({ reference, counted }) => ({ name: reference, style: 'dashed', counted }))
}

function curve({ family, axis }: MeasurePlace, suite: string, played: readonly Played[]): SeriesPart {
  return {
    type: 'series',
    title: `${family} by ${axis}, on ${suite}`,
    x: { title: axis, scale: 'linear' },
    y: { title: family, scale: 'linear' },
    lines: played.map(({ name, style, counted }) => ({
      name,
      style,
      points: counted
        .flatMap(({ place, estimate }) => (place?.family === family ? [{ x: place.at, y: toEstimate(estimate) }] : []))
        .filter(({ y }) => typeof y.value === 'number'),
    })),
    references: [],
  }
}
