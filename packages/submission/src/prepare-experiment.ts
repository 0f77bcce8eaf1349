import {
  GoalpostError,
  experimentSpec,
  type ExperimentSpec,
  type RequestedResources,
  type ResolvedSpec,
  type ResolvedSubject,
} from '@goalpost/contracts'
import { explainZodError } from '@goalpost/validation'
import { expand, resolveSpec, type Expansion } from '@goalpost/experiments'
import type { Planner } from './planner.ts'

export type Prepared = { readonly resolved: ResolvedSpec; readonly expansion: Expansion }

/** Converts a parsed body to the stored form, or throws `invalid-spec` with every issue. */
export function prepareExperiment(body: unknown, planner: Planner, subject: ResolvedSubject | null = null): Prepared {
  const spec = parseSpec(body)
  const resolution = resolveSpec(spec, planner.protocols, { saltHash: planner.saltHash, subject })
  if (!resolution.ok) throw invalidSpec(resolution.issues)
  const resolved = settleEngine(resolution.resolved, spec.resources, planner)
  return { resolved, expansion: expandResolved(resolved, planner) }
}

export function parseSpec(body: unknown): ExperimentSpec {
  const parsed = experimentSpec.safeParse(body)
  if (!parsed.success) throw invalidSpec(explainZodError(parsed.error, experimentSpec, body))
  return parsed.data
}

/** `auto` is resolved once, so that later extensions use the same engine. */
function settleEngine(resolved: ResolvedSpec, requested: RequestedResources, { engineFor }: Planner): ResolvedSpec {
  const { name, threads, device } = engineFor(requested)
  return { ...resolved, resources: { engine: name, threads, device } }
}

export function expandResolved(resolved: ResolvedSpec, { protocols, engineFor }: Planner): Expansion {
  return expand(resolved, protocols, engineFor(resolved.resources))
}

export function invalidSpec(issues: GoalpostError['issues']): GoalpostError {
  const [first] = issues
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : ''
  const detail =
    first === undefined ? 'The spec is not valid' : `${first.pointer || 'the spec'}: ${first.message}${more}`
  return new GoalpostError('invalid-spec', detail, { issues })
}
