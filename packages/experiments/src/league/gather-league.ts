import { isMissing, type JsonObject, type ResolvedSearch, type VerdictView } from '@goalpost/contracts'
import type { ConditionEvidence, Evidence, LeagueSlot, Protocol, RunCost } from '../ports/protocol.ts'
import { mergeOptions, optionsAt } from '../expansion/merge.ts'
import { canonicalJson } from '../identity.ts'
import { describeEnd } from '../search/search-parts.ts'
import { readSearch, type ArmFinding } from '../search/read-search.ts'

/** A finished search with the verdicts of its report. */
export type LeagueEntry = {
  readonly id: string
  readonly evidence: Evidence
  readonly verdicts: readonly VerdictView[]
}

/** One method in one experiment, at one value of the option that is searched. */
export type LeagueCell = {
  readonly experiment: string
  readonly method: string
  readonly value: number
  readonly condition: string
  readonly verdict: VerdictView | null
  /** By seed. */
  readonly scores: ReadonlyMap<number, number>
  readonly costs: readonly RunCost[]
}

export type LeagueThreshold = {
  readonly experiment: string
  readonly method: string
  readonly finding: ArmFinding
  readonly runs: number
  readonly direction: ResolvedSearch['direction']
  /** Why its search ended. */
  readonly end: string
}

export type League = {
  readonly over: string
  readonly score: string
  /** What is compared with what: one row of experiments each. */
  readonly experiments: readonly string[]
  /** In the order of the first experiment. */
  readonly methods: readonly string[]
  /** Conditions that all experiments have, and that the protocol does not rank, with its reason. */
  readonly leftOut: readonly { readonly method: string; readonly reason: string }[]
  /** Values at which every method was tried in every experiment, ascending. */
  readonly values: readonly number[]
  readonly cells: readonly LeagueCell[]
  readonly thresholds: readonly LeagueThreshold[]
  /** What an experiment is measured in; undefined if it is not part of the league. */
  taskOf(experiment: string): string | undefined
  /** What the protocol calls a method. Several may have one name. */
  placeOf(method: string): string | undefined
  /** Whether a method has these options in an experiment, whatever the value that is searched. */
  hasOptions(method: string, options: JsonObject): boolean
}

export type Searching = { readonly search: Protocol['search']; readonly league: LeagueSlot }

/** The results of searches over one option, arranged by experiment, method and value. */
export function gatherLeague(entries: readonly LeagueEntry[], protocol: Searching): League {
  const searches = entries.flatMap(({ evidence, verdicts }) =>
    evidence.search === undefined ? [] : [{ evidence, verdicts, search: evidence.search }],
  )
  const [first] = searches
  const shared = first?.search.arms.filter((arm) => searches.every(({ search }) => search.arms.includes(arm))) ?? []
  const leftOut = shared.flatMap((method) => {
    const reason = incomparable(method, searches, protocol)
    return reason === null ? [] : [{ method, reason }]
  })
  const methods = shared.filter((arm) => leftOut.every(({ method }) => method !== arm))
  const cells = searches.flatMap((searched) => cellsOf(searched, protocol))
  return {
    over: first?.search.over ?? '',
    score: protocol.search?.measures.find(({ name }) => name === protocol.league.score)?.title ?? protocol.league.score,
    experiments: searches.map(({ evidence }) => evidence.experiment),
    methods,
    leftOut,
    values: sharedValues(cells, { experiments: searches.length, methods }),
    cells,
    thresholds: searches.flatMap(({ evidence, search }) =>
      readSearch(search, evidence, protocol).map((finding) => ({
        experiment: evidence.experiment,
        method: finding.arm,
        finding,
        runs: finding.probes.reduce((sum, { seeds }) => sum + seeds.size, 0),
        direction: search.direction,
        end: describeEnd(search, finding),
      })),
    ),
    ...placesOf(searches, protocol),
  }
}

type Searched = {
  readonly evidence: Evidence
  readonly verdicts: readonly VerdictView[]
  readonly search: ResolvedSearch
}

/** Why an arm is not ranked; null if it is. */
function incomparable(arm: string, searches: readonly Searched[], { league }: Searching): string | null {
  for (const { evidence, search } of searches) {
    const own = new Set(search.probes.flatMap((probe) => (probe.arm === arm ? [probe.condition] : [])))
    for (const { name, options } of evidence.conditions) {
      const reason = own.has(name) ? league.place(options).incomparable : undefined
      if (reason !== undefined) return reason
    }
  }
  return null
}

function placesOf(
  searches: readonly Searched[],
  { league }: Searching,
): Pick<League, 'taskOf' | 'placeOf' | 'hasOptions'> {
  const tasks = new Map<string, string>()
  const places = new Map<string, string>()
  const variants = new Map<string, Set<string>>()
  for (const { evidence, search } of searches)
    for (const { name, options } of evidence.conditions) {
      const { task, method } = league.place(options)
      const arm = search.probes.find(({ condition }) => condition === name)?.arm
      tasks.set(evidence.experiment, task)
      if (arm === undefined) continue
      places.set(arm, method)
      variants.set(arm, (variants.get(arm) ?? new Set<string>()).add(variantOf(options, search.over)))
    }
  const over = searches[0]?.search.over ?? ''
  return {
    taskOf: (experiment) => tasks.get(experiment),
    placeOf: (method) => places.get(method),
    hasOptions: (method, options) => variants.get(method)?.has(variantOf(options, over)) === true,
  }
}

/** All options but the one that is searched. */
function variantOf(options: JsonObject, over: string): string {
  return canonicalJson(mergeOptions(options, optionsAt(over.split('.'), null)))
}

function cellsOf({ evidence, verdicts, search }: Searched, { search: slot, league }: Searching): LeagueCell[] {
  const { artifacts, experiment } = evidence
  const byName = new Map(evidence.conditions.map((condition) => [condition.name, condition]))
  return search.probes.flatMap(({ condition: name, arm, value }) => {
    const condition: ConditionEvidence | undefined = byName.get(name)
    if (condition === undefined) return []
    const read = slot?.read(condition, league.score, artifacts) ?? []
    const known = read.flatMap(({ seed, value: score }): [number, number][] =>
      isMissing(score) ? [] : [[seed, score]],
    )
    return [
      {
        experiment,
        method: arm,
        value,
        condition: name,
        verdict: verdicts.find((verdict) => verdict.condition === name) ?? null,
        scores: new Map(known),
        costs: league.costs(condition, artifacts),
      },
    ]
  })
}

function sharedValues(
  cells: readonly LeagueCell[],
  { experiments, methods }: { readonly experiments: number; readonly methods: readonly string[] },
): number[] {
  const compared = cells.filter(({ method, scores }) => methods.includes(method) && scores.size > 0)
  const byValue = Map.groupBy(compared, ({ value }) => value)
  return [...byValue]
    .filter(([, found]) => found.length === experiments * methods.length)
    .map(([value]) => value)
    .toSorted((left, right) => left - right)
}
