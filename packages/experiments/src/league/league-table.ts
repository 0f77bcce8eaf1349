import type { JsonObject, LeagueView, RecommendationView } from '@goalpost/contracts'
import type { Evidence, Protocol } from '../ports/protocol.ts'
import { gatherLeague, type League, type LeagueEntry, type Searching } from './gather-league.ts'
import { leagueReport } from './league-report.ts'
import { leagueRows } from './league-rows.ts'
import { recommend } from './recommend.ts'

export type { LeagueEntry } from './gather-league.ts'

/** A condition for which something else is to be tried. */
export type LeagueSubject = { readonly condition: string; readonly options: JsonObject }

/** Why these experiments make no league table; null if they do. */
export function leagueFault(
  experiments: readonly Pick<Evidence, 'experiment' | 'search'>[],
  { name, league }: Pick<Protocol, 'name' | 'league'>,
): string | null {
  if (league === undefined) return `the protocol \`${name}\` has no league tables`
  const without = experiments.find(({ search }) => search === undefined)
  if (without !== undefined) return `\`${without.experiment}\` is not a search`
  const open = experiments.find(({ search }) => search?.ended !== true)
  if (open !== undefined) return `\`${open.experiment}\` has not ended: its thresholds may still change`
  const options = [...new Set(experiments.map(({ search }) => search?.over))]
  if (options.length > 1) return `the searches are over different options: ${options.join(', ')}`
  const [first, ...others] = experiments.map(({ search }) => new Set(search?.arms))
  const shared = [...(first ?? [])].filter((arm) => others.every((arms) => arms.has(arm)))
  if (shared.length === 0) return 'the searches have no condition in common'
  const names = experiments.map(({ experiment }) => experiment)
  return new Set(names).size < names.length ? 'two of the experiments have the same name' : null
}

/** Of experiments without a fault. */
export function tabulateLeague(
  entries: readonly LeagueEntry[],
  protocol: Protocol,
): Pick<LeagueView, 'report' | 'rows'> {
  const searching = requireLeague(protocol)
  const league = gatherLeague(entries, searching)
  return { report: leagueReport(league, searching.league), rows: leagueRows(league, searching.league) }
}

export function recommendFrom(
  entries: readonly LeagueEntry[],
  protocol: Protocol,
  { condition, options }: LeagueSubject,
): RecommendationView {
  const searching = requireLeague(protocol)
  const league: League = gatherLeague(entries, searching)
  return recommend(league, { condition, options, place: searching.league.place(options) })
}

function requireLeague({ name, search, league }: Protocol): Searching {
  if (league === undefined) throw new Error(`The protocol ${name} has no league tables`)
  return { search, league }
}
