import type { Estimate, RecommendationView, TablePart } from '@goalpost/contracts'
import type { LeaguePlace } from '../ports/protocol.ts'
import { toEstimate } from '../search/search-parts.ts'
import { estimateImprovement, scoresOf } from './aggregate-league.ts'
import type { League } from './gather-league.ts'

export type Subject = { readonly condition: string; readonly place: LeaguePlace }

type Candidate = {
  readonly method: string
  /** How likely a run is better than one of the condition's own method, at a value near the condition's. */
  readonly improvement: Estimate
  /** In the experiments that count; null where a search has found none. */
  readonly thresholds: readonly (Estimate | null)[]
}

/**
 * The method with the largest probability of improvement over the condition's own one, if that is shown to be above
 * one half. Experiments in the condition's own world count, or all if there are none.
 */
export function recommend(league: League, { condition, place }: Subject): RecommendationView {
  const value = nearest(league.values, place.value)
  const own = league.methods.find((method) => league.placeOf(method) === place.method)
  if (value === null || own === undefined) return nothing(condition, missingReason(league, place, value))
  const same = league.experiments.filter((experiment) => league.taskOf(experiment) === place.task)
  const compared = same.length > 0 ? { ...league, experiments: same } : league
  const candidates = league.methods
    .filter((method) => method !== own)
    .map((method) => candidateOf(compared, { method, own, value }))
    .toSorted((left, right) => valueOf(right.improvement) - valueOf(left.improvement))
  const best = candidates.find(({ improvement }) => improvement.low !== undefined && improvement.low > 0.5)
  const where = same.length > 0 ? same.join(', ') : `${league.experiments.join(', ')}: none is in ${place.task}`
  const table = candidateTable(candidates, { league: compared, own, value })
  const reason =
    best === undefined ? noneBetter(compared, own, value) : whyBetter(best, { league: compared, own, value })
  return {
    condition,
    method: best?.method ?? null,
    reason,
    report: {
      title: `What to try next for ${condition}`,
      summary: reason,
      parts: [{ type: 'text', title: 'Experiments that count', paragraphs: [where] }, table],
    },
  }
}

type Compared = { readonly league: League; readonly own: string; readonly value: number }

function candidateOf(
  league: League,
  { method, own, value }: { method: string; own: string; value: number },
): Candidate {
  const scores = scoresOf(league, method, value)
  const improvement = estimateImprovement(scores, scoresOf(league, own, value), `${method} over ${own} ${value}`)
  return { method, improvement, thresholds: thresholdsOf(league, method) }
}

function thresholdsOf({ thresholds, experiments }: League, method: string): (Estimate | null)[] {
  return thresholds
    .filter((one) => one.method === method && experiments.includes(one.experiment))
    .map(({ finding }) => toEstimate(finding))
}

const valueOf = ({ value }: Estimate) => (typeof value === 'number' ? value : 0)

const show = (value: number) => String(Number(value.toPrecision(3)))

function interval({ value, low, high }: Estimate): string {
  const shown = show(typeof value === 'number' ? value : Number.NaN)
  return low === undefined || high === undefined ? shown : `${shown} [${show(low)}, ${show(high)}]`
}

function whyBetter({ method, improvement, thresholds }: Candidate, { league, own, value }: Compared): string {
  const found = thresholds.filter((one) => one !== null)
  const lowered = found.length === 0 ? '' : ` Its threshold of ${league.over}: ${found.map(interval).join(', ')}.`
  return (
    `Try ${method}: at ${league.over} = ${value} a run has a larger ${league.score} than one of ${own} with ` +
    `probability ${interval(improvement)}.${lowered}`
  )
}

function noneBetter(league: League, own: string, value: number): string {
  const found = thresholdsOf(league, own).filter((one) => one !== null)
  const instead =
    found.length === 0
      ? ''
      : ` With ${own} itself, ${league.over} must be larger: its threshold is ${found.map(interval).join(', ')}.`
  return `No method of the table is shown to be better than ${own} at ${league.over} = ${value}.${instead}`
}

function candidateTable(candidates: readonly Candidate[], { league, own, value }: Compared): TablePart {
  return {
    type: 'table',
    title: `Other methods at ${league.over} = ${value}`,
    columns: [
      { title: 'method' },
      { title: `better than ${own}`, help: 'Probability that a run has a larger score, averaged over experiments' },
      { title: `threshold of ${league.over}`, help: 'In each experiment that counts' },
    ],
    rows: candidates.map(({ method, improvement, thresholds }) => ({
      cells: [
        { text: method },
        { estimate: improvement },
        { text: thresholds.map((one) => (one === null ? '–' : interval(one))).join(', ') },
      ],
      emphasis: false,
    })),
    notes: [
      'A method is recommended if its interval lies above one half. With few runs these intervals are too narrow.',
    ],
  }
}

/** On a log scale; 0 is nearest to the smallest. */
function nearest(values: readonly number[], wanted: number): number | null {
  const distance = (value: number) =>
    wanted > 0 && value > 0 ? Math.abs(Math.log(value / wanted)) : Math.abs(value - wanted)
  return values.toSorted((left, right) => distance(left) - distance(right))[0] ?? null
}

function missingReason({ methods }: League, { method }: LeaguePlace, value: number | null): string {
  if (value === null) return 'The league has no value at which every method was tried in every experiment.'
  return `The league has no ${method}, the method of the condition; it has ${methods.join(', ')}.`
}

function nothing(condition: string, reason: string): RecommendationView {
  const report = { title: `What to try next for ${condition}`, summary: reason, parts: [] }
  return { condition, method: null, reason, report }
}
