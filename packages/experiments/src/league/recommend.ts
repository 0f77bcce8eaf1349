import type { Estimate, JsonObject, RecommendationView, TablePart } from '@goalpost/contracts'
import type { LeaguePlace } from '../ports/protocol.ts'
import { toEstimate } from '../search/search-parts.ts'
import { estimateImprovement, leastRuns, scoresOf } from './aggregate-league.ts'
import { describeInterval, improvementNotes } from './describe-improvement.ts'
import type { League } from './gather-league.ts'

export type Subject = { readonly condition: string; readonly options: JsonObject; readonly place: LeaguePlace }

type Candidate = {
  readonly method: string
  /** How likely a run is better than one of the condition's own method, at a value near the condition's. */
  readonly improvement: Estimate
  /** In the experiments that count; null where a search has found none. */
  readonly thresholds: readonly (Estimate | null)[]
}

/**
 * The method with the largest probability of improvement over the condition's own one, of those for which it is shown to
 * be above one half. The intervals of all methods hold together, so that also the best of them is rarely a method that
 * only had better luck. Experiments in the condition's own world count, or all if there are none.
 */
export function recommend(league: League, subject: Subject): RecommendationView {
  const { condition, place } = subject
  const value = nearest(league.values, place.value)
  const named = league.methods.filter((method) => league.placeOf(method) === place.method)
  const own = chooseOwn(league, named, subject)
  if (place.over !== league.over || value === null || own === undefined)
    return nothing(condition, missingReason(league, named, { place, value }))
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
    best === undefined
      ? noneBetter({ league: compared, own, value }, place)
      : whyBetter(best, { league: compared, own, value })
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

/** Methods of one kind are told apart by all of their options: undefined if those are of none, or of several. */
function chooseOwn(league: League, named: readonly string[], { options }: Subject): string | undefined {
  if (named.length === 1) return named[0]
  const equal = named.filter((method) => league.hasOptions(method, options))
  return equal.length === 1 ? equal[0] : undefined
}

type Compared = { readonly league: League; readonly own: string; readonly value: number }

function candidateOf(
  league: League,
  { method, own, value }: { method: string; own: string; value: number },
): Candidate {
  const scores = scoresOf(league, method, value)
  const improvement = estimateImprovement(scores, scoresOf(league, own, value), comparisonsOf(league))
  return { method, improvement, thresholds: thresholdsOf(league, method) }
}

function thresholdsOf({ thresholds, experiments }: League, method: string): (Estimate | null)[] {
  return thresholds
    .filter((one) => one.method === method && experiments.includes(one.experiment))
    .map(({ finding }) => toEstimate(finding))
}

/** Every method but the condition's own one. */
const comparisonsOf = ({ methods }: League): number => methods.length - 1

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
    `probability ${interval(improvement)} (${describeInterval(comparisonsOf(league))}).${lowered}`
  )
}

function noneBetter({ league, own, value }: Compared, place: LeaguePlace): string {
  const none =
    `No method of the table is shown to be better than ${own} at ${league.over} = ${value}.` +
    tooFewRuns({ league, own, value })
  const found = league.thresholds.flatMap(({ experiment, method, direction, finding }) => {
    const estimate = toEstimate(finding)
    const counts = method === own && league.experiments.includes(experiment) && estimate !== null
    return counts ? [{ direction, estimate }] : []
  })
  if (found.length === 0) return none
  const at = found.map(({ estimate }) => interval(estimate)).join(', ')
  const directions = new Set(found.map(({ direction }) => direction))
  const isShort = found.every(({ direction, estimate }) =>
    direction === 'rising' ? place.value < valueOf(estimate) : place.value > valueOf(estimate),
  )
  if (isShort && directions.size === 1) {
    const change = directions.has('rising') ? 'larger' : 'smaller'
    return `${none} With ${own} itself, ${league.over} must be ${change}: its threshold is ${at}.`
  }
  return `${none} The threshold of ${league.over} with ${own} itself is ${at}.`
}

/** Where no outcome could have shown anything, a reader must not take the answer for one about the methods. */
function tooFewRuns({ league, value }: Compared): string {
  const comparisons = comparisonsOf(league)
  if (comparisons < 1) return ''
  const { length } = league.experiments
  const most = Math.max(
    ...league.methods.flatMap((method) => scoresOf(league, method, value).map((runs) => runs.length)),
  )
  const needed = leastRuns(length, comparisons)
  if (most >= needed) return ''
  const where = length === 1 ? 'one experiment' : `each of ${length} experiments`
  const compared = comparisons === 1 ? 'one method' : `${comparisons} methods`
  return (
    ` With ${most} runs of each method in ${where} it could not be: for ${compared} compared, ${needed} are needed even ` +
    'if every run is better.'
  )
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
    notes: ['A method is recommended if its interval lies above one half.', ...improvementNotes(comparisonsOf(league))],
  }
}

/** On a log scale; 0 is nearest to the smallest. */
function nearest(values: readonly number[], wanted: number): number | null {
  const distance = (value: number) =>
    wanted > 0 && value > 0 ? Math.abs(Math.log(value / wanted)) : Math.abs(value - wanted)
  return values.toSorted((left, right) => distance(left) - distance(right))[0] ?? null
}

type Missing = { readonly place: LeaguePlace; readonly value: number | null }

function missingReason(
  { methods, over }: League,
  named: readonly string[],
  { place: { method, over: own }, value }: Missing,
): string {
  if (own !== over) return `The league is over ${over}, but the condition is placed by its ${own}.`
  if (value === null) return 'The league has no value at which every method was tried in every experiment.'
  if (named.length > 1)
    return `The condition's method is ambiguous: the league has several of ${method} (${named.join(', ')}), and the condition's options are those of none, or of several.`
  return `The league has no ${method}, the method of the condition; it has ${methods.join(', ')}.`
}

function nothing(condition: string, reason: string): RecommendationView {
  const report = { title: `What to try next for ${condition}`, summary: reason, parts: [] }
  return { condition, method: null, reason, report }
}
