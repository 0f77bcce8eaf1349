import { GoalpostError } from '@goalpost/contracts'
import { decideRound, resolveSpec, type DueSearch, type Evidence } from '@goalpost/experiments'
import type { Planner } from './planner.ts'
import { expandResolved, invalidSpec, parseSpec, type Prepared } from './prepare-experiment.ts'

/**
 * The experiment of a search with its next round, or with its analysis if there is none. Everything planned before
 * stays as it is. Without evidence, because its files are lost, it ends.
 * @throws GoalpostError `state-conflict` or `invalid-spec` if this release does not plan it as the one before did.
 */
export function planRound({ spec, resolved }: DueSearch, evidence: Evidence | null, planner: Planner): Prepared {
  const protocol = planner.protocols.get(resolved.protocol)
  if (protocol === undefined || protocol.version !== resolved.protocolVersion || resolved.search === undefined)
    throw new GoalpostError(
      'state-conflict',
      `The search was begun with version ${resolved.protocolVersion} of ${resolved.protocol}, which is not installed: submit it again`,
    )
  const resolution = resolveSpec(parseSpec(spec), planner.protocols, {
    saltHash: planner.saltHash,
    subject: resolved.subject ?? null,
    progress: decideRound(resolved.search, evidence, protocol),
  })
  if (!resolution.ok) throw invalidSpec(resolution.issues)
  const next = { ...resolution.resolved, resources: resolved.resources, priority: resolved.priority }
  return { resolved: next, expansion: expandResolved(next, planner) }
}
