import { GoalpostError, scheduleSpec, type InputIssue, type JsonObject, type ScheduleSpec } from '@goalpost/contracts'
import { checkTiming, type Actor } from '@goalpost/experiments'
import { findSubject, invalidSpec, prepareExperiment, requireFiles, type Planner } from '@goalpost/submission'
import { requireFit } from '../../server/validation.ts'
import type { ApiDependencies } from '../../dependencies.ts'

type Needs = Planner & Pick<ApiDependencies, 'experiments' | 'models' | 'schedules' | 'now'>

const specPointer = '/action/spec'

/**
 * Checks times and experiment, so that a schedule does not fail at night for a reason that could have been known.
 * @throws GoalpostError `invalid-request` or `invalid-spec` with the issues by field.
 */
export async function applySchedule(
  deps: Needs,
  workspaceId: string,
  { name, body, actor }: { readonly name: string; readonly body: unknown; readonly actor: Actor },
): Promise<{ created: boolean }> {
  const spec = requireFit(scheduleSpec, body)
  const issues = [...checkName(spec, name), ...checkTiming(spec, new Date(deps.now()))]
  // Validated by the schema, so there is an object at this place.
  const { action } = body as { readonly action: { readonly spec: JsonObject } }
  issues.push(...(await experimentIssues(deps, workspaceId, action.spec)))
  if (issues.length > 0) throw invalidSpec(issues)
  return deps.schedules.apply(workspaceId, { spec, sent: action.spec }, actor)
}

function checkName({ name: own }: ScheduleSpec, name: string): InputIssue[] {
  return own === name ? [] : [{ pointer: '/name', message: `must be the name in the address, \`${name}\`` }]
}

async function experimentIssues(deps: Needs, workspaceId: string, sent: JsonObject): Promise<InputIssue[]> {
  try {
    const { expansion } = prepareExperiment(sent, deps, await findSubject(deps.models, workspaceId, sent))
    await requireFiles(deps.experiments, workspaceId, { expansion, sent })
    return []
  } catch (error) {
    if (!(error instanceof GoalpostError) || error.issues.length === 0) throw error
    return error.issues.map((issue) => ({ ...issue, pointer: `${specPointer}${issue.pointer}` }))
  }
}
