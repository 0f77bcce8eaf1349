import { limits, type InputIssue, type ResolvedSearch, type SearchSpec } from '@goalpost/contracts'
import { searchThreshold } from '@goalpost/statistics'
import { suggestName } from '@goalpost/validation'
import type { Draft } from '../expansion/grid.ts'
import type { Protocol } from '../ports/protocol.ts'
import { longestName } from '../expansion/grid-names.ts'
import { checkArms, nameProbes, type NewProbe } from './search-drafts.ts'

export type SearchSetting = {
  readonly protocol: Protocol
  readonly arms: readonly Draft[]
  readonly seeds: number
  /** The probes so far, and whether there will be no more; by default the first round. */
  readonly progress?: SearchProgress | undefined
}

export type SearchProgress = {
  readonly probes: readonly NewProbe[]
  readonly ended: boolean
  /** Why, if values were left to try. */
  readonly stopped?: string
}

export type SearchResolution =
  | { readonly ok: true; readonly search: ResolvedSearch }
  | { readonly ok: false; readonly issues: readonly InputIssue[] }

/** The spec's search with its defaults filled in. */
export function resolveSearch(spec: SearchSpec, setting: SearchSetting): SearchResolution {
  const { protocol, arms, progress } = setting
  const measures = protocol.search?.measures ?? []
  const measure = spec.measure === undefined ? measures[0] : measures.find(({ name }) => name === spec.measure)
  const issues = [...checkSize(spec, setting), ...checkArms(spec.over, arms), ...checkNames(spec, arms)]
  if (measure === undefined) return { ok: false, issues: [unknownMeasure(spec, protocol), ...issues] }
  if (issues.length > 0) return { ok: false, issues }
  const { line = measure.line, measure: _named, ...rest } = spec
  const names = arms.map(({ name }) => name)
  const search = { ...rest, line, measure: { name: measure.name, title: measure.title }, arms: names }
  const { probes, ended } = progress ?? { probes: firstRound(search), ended: false }
  return { ok: true, search: { ...search, probes: nameProbes(spec.over, names, probes), ended } }
}

function firstRound(search: Omit<ResolvedSearch, 'probes' | 'ended'>): NewProbe[] {
  const { step } = searchThreshold(search, [])
  const values = step.type === 'probe' ? step.values : []
  return search.arms.flatMap((arm) => values.map((value) => ({ arm, value, round: 1 })))
}

function unknownMeasure({ measure }: SearchSpec, { name, search }: Protocol): InputIssue {
  const known = search?.measures.map((candidate) => candidate.name) ?? []
  if (known.length === 0)
    return { pointer: '/search', message: `the protocol \`${name}\` has no measure to search a threshold of` }
  const remedy = suggestName(measure ?? '', known) ?? `It has ${known.join(', ')}`
  return { pointer: '/search/measure', message: `\`${name}\` has no measure \`${measure}\` to search`, remedy }
}

/** The whole budget has to fit, so that no round is refused. */
function checkSize({ budget }: SearchSpec, { arms, seeds }: SearchSetting): InputIssue[] {
  if (seeds < 2) {
    const message = 'a search needs at least 2 seeds: one shows no spread'
    return [{ pointer: '/seeds', message, remedy: 'Use 5 or more' }]
  }
  const conditions = arms.length * budget
  const runs = conditions * seeds
  if (conditions <= limits.conditionsPerExperiment && runs <= limits.runsPerExperiment) return []
  const message =
    `${arms.length} × ${budget} values × ${seeds} seeds = up to ${runs} runs of ${conditions} conditions, more than the ` +
    `${limits.runsPerExperiment} runs and ${limits.conditionsPerExperiment} conditions allowed`
  return [{ pointer: '/search/budget', message, remedy: 'Use a smaller budget, or submit several experiments' }]
}

/** As many characters as a value has at most. */
const anyValue = '-1.23e-100'

function checkNames({ over }: SearchSpec, arms: readonly Draft[]): InputIssue[] {
  return arms.flatMap(({ name, pointer }) => {
    const longest = `${name},${over.split('.').at(-1)}=${anyValue}`
    if (longest.length <= longestName) return []
    const message = `the name of the condition \`${name.slice(0, 40)}\` is too long to be extended by a value of \`${over}\``
    return [{ pointer, message, remedy: 'Write the conditions as a list, with shorter names' }]
  })
}
