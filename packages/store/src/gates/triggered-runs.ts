import type { Queries } from '../database/open-database.ts'
import type { NewWorkspaceEvent } from '../events/append-workspace-events.ts'
import { startGateRun, type RunStart } from './start-runs.ts'

type Added = NewWorkspaceEvent & { readonly id: bigint }

/** Starts the runs that these events trigger, and returns their own events. Needs the lock of events. */
export async function startTriggeredRuns(
  queries: Queries,
  place: { readonly workspaceId: string; readonly now: Date },
  events: readonly Added[],
): Promise<NewWorkspaceEvent[]> {
  const started: NewWorkspaceEvent[] = []
  for (const event of events) {
    for (const start of await findStarts(queries, place.workspaceId, event)) {
      const run = await startGateRun(queries, place, start)
      if (run !== null) started.push(run.event)
    }
  }
  return started
}

async function findStarts(
  queries: Queries,
  workspaceId: string,
  { id, type, payload }: Added,
): Promise<readonly RunStart[]> {
  const { model } = payload
  const version = type === 'model-version.registered' ? payload['number'] : payload['to']
  const trigger = triggerOf(type)
  if (trigger === null || typeof version !== 'number' || typeof model !== 'string') return []
  const wanted = trigger === 'alias-moved' ? { on: trigger, alias: payload['alias'] } : { on: trigger }
  const gates = await queries.$queryRaw<{ id: string }[]>`
    SELECT id FROM gates WHERE workspace_id = ${workspaceId}::uuid AND model = ${model}
      AND triggers @> ${JSON.stringify([wanted])}::jsonb ORDER BY id`
  return gates.map(({ id: gateId }) => ({ gateId, trigger, triggerKey: String(id), version }))
}

function triggerOf(type: NewWorkspaceEvent['type']): 'version-registered' | 'alias-moved' | null {
  if (type === 'model-version.registered') return 'version-registered'
  return type === 'model-alias.moved' ? 'alias-moved' : null
}
