import { GoalpostError, errorTable } from '@goalpost/contracts'
import {
  loadArtifacts,
  type ArtifactStore,
  type DueSearch,
  type Evidence,
  type ExperimentFindings,
  type OpenSearches,
} from '@goalpost/experiments'
import { canPlanRound, expandResolved, planRound, type Planner, type Prepared } from '@goalpost/submission'
import { takeDue } from '../take-due.ts'
import type { Setbacks } from './setbacks.ts'

export type SearchDependencies = {
  readonly searches: OpenSearches
  readonly experiments: Pick<ExperimentFindings, 'evidence'>
  readonly artifacts: Pick<ArtifactStore, 'read'>
  readonly planner: Planner
  /** By search, how many runs its round adds, if its workspace had no room for them: it is not planned again before there is. */
  readonly waiting: Map<string, number>
  /** Searches that another release has planned, which this one leaves to it. */
  readonly foreign: Set<string>
  readonly setbacks: Setbacks
  /** Is told why a search waits or ends, once. */
  readonly report: (note: SearchNote) => void
}

export type SearchNote = { readonly experiment: string; readonly message: string; readonly reason: string }

/**
 * Adds the next round to every search whose tasks have ended, or its analysis. Resolves to the number of steps. Each is
 * one transaction, and depends on the results alone: a process killed before it leaves a search that another continues in
 * the same way. Workers of every release do this: each leaves searches that it would plan differently to the others.
 */
export function advanceSearches(deps: SearchDependencies): Promise<number> {
  return takeDue({ read: deps.searches.due, step: (search) => attempt(search, deps) })
}

/** A step that fails does not concern the other searches, and is tried again for a quarter of an hour. */
async function attempt(search: DueSearch, deps: SearchDependencies): Promise<boolean> {
  const { setbacks, report } = deps
  if (setbacks.isWaiting(search)) return false
  try {
    const taken = await advance(search, deps)
    setbacks.forget(search)
    return taken
  } catch (error) {
    const { failures, spent } = setbacks.count(search)
    const reason = error instanceof Error ? error.message : String(error)
    if (failures === 1)
      report({ experiment: search.id, message: 'a step of a search failed, and is tried again', reason })
    return spent && giveUp(search, deps, `its next round could not be added: ${reason}`)
  }
}

/** What kept the step from being taken may keep it from being given up, which is then tried again. */
async function giveUp(search: DueSearch, deps: SearchDependencies, reason: string): Promise<boolean> {
  try {
    return await abandon(search, deps, new Error(reason))
  } catch {
    return false
  }
}

async function advance(search: DueSearch, deps: SearchDependencies): Promise<boolean> {
  const { searches, waiting, foreign, planner } = deps
  if (foreign.has(search.id)) return false
  const { protocol, protocolVersion } = search.resolved
  if (!canPlanRound(search, planner)) return leave(search, deps, `it has version ${protocolVersion} of ${protocol}`)
  const needed = waiting.get(search.id)
  if (needed !== undefined && !(await searches.hasRoom(search, needed))) return false
  const evidence = await readEvidence(search, deps)
  let next: Prepared | null
  try {
    next = planRound(search, evidence, planner)
  } catch (error) {
    if (isPassing(error)) throw error
    return abandon(search, deps, error)
  }
  return next === null
    ? leave(search, deps, 'its rounds so far would be planned otherwise here')
    : add(search, next, deps)
}

async function add(search: DueSearch, next: Prepared, deps: SearchDependencies): Promise<boolean> {
  const { searches, waiting, report } = deps
  const { id: experiment } = search
  const outcome = await searches.advance(search, next)
  const isNew = !waiting.delete(experiment)
  if (outcome.ok) {
    const { stopped } = next.resolved.search ?? {}
    if (stopped !== undefined) report({ experiment, message: 'a search ended early', reason: stopped })
    return true
  }
  if (outcome.because === 'foreign') return leave(search, deps, outcome.message)
  if (outcome.because === 'changed') return false
  const { seeds, conditions } = search.resolved
  waiting.set(experiment, next.expansion.runs.length - conditions.length * seeds.length)
  if (isNew) report({ experiment, message: 'a search waits for room in its workspace', reason: outcome.message })
  return false
}

function leave({ id: experiment }: DueSearch, { foreign, report }: SearchDependencies, reason: string): false {
  foreign.add(experiment)
  report({ experiment, message: 'a search is left to workers of another release', reason })
  return false
}

/** Planning depends on nothing but the results, so it would fail again. */
async function abandon(search: DueSearch, deps: SearchDependencies, error: unknown): Promise<boolean> {
  const reason = error instanceof Error ? error.message : String(error)
  const stored = expandAsStored(search, deps.planner)
  if (stored === null) return leave(search, deps, reason)
  const outcome = await deps.searches.abandon(search, { planned: stored.expansion, reason })
  if (outcome.ok) deps.report({ experiment: search.id, message: 'a search was cancelled', reason })
  else if (outcome.because === 'foreign') return leave(search, deps, reason)
  return outcome.ok
}

/** Null if the rounds so far cannot be planned here either. */
function expandAsStored({ resolved }: DueSearch, planner: Planner): Prepared | null {
  try {
    return { resolved, expansion: expandResolved(resolved, planner) }
  } catch {
    return null
  }
}

/** Whether another try may meet something else. */
function isPassing(error: unknown): boolean {
  return error instanceof GoalpostError && errorTable[error.code].retryable
}

/** Null if a file is lost: the analysis has lost files computed again. */
async function readEvidence({ workspaceId, id }: DueSearch, deps: SearchDependencies): Promise<Evidence | null> {
  const evidence = await deps.experiments.evidence(workspaceId, id)
  if (evidence === null) return null
  try {
    return { ...evidence, artifacts: await loadArtifacts(evidence.conditions, deps.artifacts) }
  } catch (error) {
    if (error instanceof GoalpostError && error.code === 'artifact-missing') return null
    throw error
  }
}
