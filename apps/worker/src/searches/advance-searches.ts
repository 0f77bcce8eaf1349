import { GoalpostError, errorTable } from '@goalpost/contracts'
import {
  loadArtifacts,
  type ArtifactStore,
  type DueSearch,
  type Evidence,
  type ExperimentFindings,
  type OpenSearches,
} from '@goalpost/experiments'
import { planRound, type Planner } from '@goalpost/submission'
import { takeDue } from '../take-due.ts'

export type SearchDependencies = {
  readonly searches: OpenSearches
  readonly experiments: Pick<ExperimentFindings, 'evidence'>
  readonly artifacts: Pick<ArtifactStore, 'read'>
  readonly planner: Planner
  /** By search, how many runs its round adds, if its workspace had no room for them: it is not planned again before there is. */
  readonly waiting: Map<string, number>
}

/**
 * Adds the next round to every search whose tasks have ended, or its analysis. Resolves to the number of steps. Each is
 * one transaction, and depends on the results alone: a process killed before it leaves a search that another continues in
 * the same way.
 */
export function advanceSearches(deps: SearchDependencies): Promise<number> {
  return takeDue({ read: deps.searches.due, step: (search) => advance(search, deps) })
}

async function advance(search: DueSearch, deps: SearchDependencies): Promise<boolean> {
  const { searches, waiting } = deps
  const needed = waiting.get(search.id)
  if (needed !== undefined && !(await searches.hasRoom(search, needed))) return false
  waiting.delete(search.id)
  try {
    const next = planRound(search, await readEvidence(search, deps), deps.planner)
    const advanced = await searches.advance(search, next)
    const { seeds, conditions } = search.resolved
    if (!advanced) waiting.set(search.id, next.expansion.runs.length - conditions.length * seeds.length)
    return advanced
  } catch (error) {
    if (!(error instanceof GoalpostError) || errorTable[error.code].kind !== 'request') throw error
    // This release plans something else than the one that began it.
    return searches.abandon(search)
  }
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
