import { GoalpostError, type ResolvedSearch, type ResolvedSpec } from '@goalpost/contracts'
import {
  canonicalJson,
  decideRound,
  resolveSpec,
  type DueSearch,
  type Evidence,
  type SearchProgress,
} from '@goalpost/experiments'
import type { Planner } from './planner.ts'
import { expandResolved, invalidSpec, parseSpec, type Prepared } from './prepare-experiment.ts'

/** Whether this planner has the protocol with which the search was begun. Another worker may have it. */
export function canPlanRound({ resolved }: Pick<DueSearch, 'resolved'>, { protocols }: Planner): boolean {
  return protocols.get(resolved.protocol)?.version === resolved.protocolVersion
}

/**
 * The experiment of a search with its next round, or with its analysis if there is none. Everything planned before
 * stays as it is. It ends, with the reason in `stopped`, if its evidence is lost (null) or a value is refused. Null if
 * this planner plans the rounds so far otherwise than the one that began the search, for example with another salt.
 */
export function planRound(due: DueSearch, evidence: Evidence | null, planner: Planner): Prepared | null {
  const { resolved } = due
  const { search } = resolved
  const protocol = planner.protocols.get(resolved.protocol)
  if (protocol === undefined || search === undefined || !canPlanRound(due, planner)) return null
  const progress = decideRound(search, evidence, protocol)
  const next = progress.ended
    ? endSearch(resolved, search, progress.stopped)
    : addRound(due, search, { progress, planner })
  return next === null ? null : { resolved: next, expansion: expandResolved(next, planner) }
}

function endSearch(resolved: ResolvedSpec, search: ResolvedSearch, stopped: string | undefined): ResolvedSpec {
  return { ...resolved, search: { ...search, ended: true, ...(stopped === undefined ? {} : { stopped }) } }
}

type Adding = { readonly progress: SearchProgress; readonly planner: Planner }

function addRound(due: DueSearch, search: ResolvedSearch, { progress, planner }: Adding): ResolvedSpec | null {
  const { resolved } = due
  const before = resolveRounds(due, search, { progress: { probes: search.probes, ended: true }, planner })
  if (before instanceof GoalpostError || !isSame(before, resolved)) return null
  const next = resolveRounds(due, search, { progress, planner })
  if (next instanceof GoalpostError) return endSearch(resolved, search, `its next values are refused: ${next.message}`)
  const { probes } = next.search ?? search
  return { ...resolved, conditions: next.conditions, search: { ...search, probes } }
}

/** The search's settings are those that it began with: a later release may have other defaults. */
function resolveRounds(
  { spec, resolved }: DueSearch,
  { measure, arms: _arms, probes: _probes, ended: _ended, stopped: _stopped, ...settings }: ResolvedSearch,
  { progress, planner: { protocols, saltHash } }: Adding,
): ResolvedSpec | GoalpostError {
  const given = { ...spec, search: { ...settings, measure: measure.name } }
  const subject = resolved.subject ?? null
  try {
    const resolution = resolveSpec(parseSpec(given), protocols, { saltHash, subject, progress })
    return resolution.ok ? resolution.resolved : invalidSpec(resolution.issues)
  } catch (error) {
    if (error instanceof GoalpostError && error.code === 'invalid-spec') return error
    throw error
  }
}

function isSame(planned: ResolvedSpec, stored: ResolvedSpec): boolean {
  return optionsOf(planned) === optionsOf(stored)
}

/** Canonical JSON, in which the order of members does not matter, as in the identities of tasks. */
function optionsOf({ conditions }: ResolvedSpec): string {
  return canonicalJson(conditions.map(({ name, options }) => [name, options]))
}
