import { GoalpostError } from '@goalpost/contracts'
import type { Actor } from '@goalpost/experiments'
import { planStart, type Planner } from '@goalpost/submission'
import type { ApiDependencies } from '../../dependencies.ts'
import { notFound } from '../../server/problems.ts'

/**
 * Starts its experiment now; resolves to the experiment's id.
 * @throws GoalpostError `not-found`, `state-conflict` if its spec is refused by now, `stale-version` if it was changed
 * meanwhile.
 */
export async function startSchedule(
  deps: Planner & Pick<ApiDependencies, 'experiments' | 'models' | 'schedules'>,
  workspaceId: string,
  { name, actor }: { readonly name: string; readonly actor: Actor },
): Promise<string> {
  const schedule = await deps.schedules.find(workspaceId, name)
  if (schedule === null) throw notFound('schedule', name)
  const planned = await planStart(schedule, { planner: deps, ...deps })
  if (!planned.ok) throw new GoalpostError('state-conflict', `Its experiment cannot be started: ${planned.message}`)
  const id = await deps.schedules.startNow(schedule, { ...planned.experiment, actor })
  if (id === null) throw new GoalpostError('stale-version', `The schedule ${name} was changed meanwhile: try again`)
  return id
}
