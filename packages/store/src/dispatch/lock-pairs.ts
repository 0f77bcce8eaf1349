import type { Change } from '../tasks/change.ts'
import { lockIdleTasks, type LockedTask } from '../tasks/locked-task.ts'
import type { Preemption } from './choose-preemptions.ts'

export type Pair = Preemption & { readonly locked: { readonly waiting: LockedTask; readonly victim: LockedTask } }

/**
 * The pairs that are still what they were when they were read. Waits for no lock, as all dispatching would: what another
 * transaction has locked is left to the next look.
 */
export async function lockPairs(
  { queries, now }: Pick<Change, 'queries' | 'now'>,
  chosen: readonly Preemption[],
): Promise<Pair[]> {
  const ids = chosen.flatMap(({ waiting, victim }) => [waiting.id, victim.id])
  const tasks = await lockIdleTasks(queries, ids, ['ready', 'queued', 'running'])
  const byId = new Map(tasks.map((task) => [task.id, task]))
  return chosen.flatMap((pair) => {
    const waiting = byId.get(pair.waiting.id)
    const victim = byId.get(pair.victim.id)
    if (waiting === undefined || victim === undefined) return []
    const runs = victim.lifecycle.state === 'running' && victim.lifecycle.epoch === pair.victim.epoch
    return runs && isWaiting(waiting, now) ? [{ ...pair, locked: { waiting, victim } }] : []
  })
}

function isWaiting({ lifecycle: { state, held, notBefore } }: LockedTask, now: Date): boolean {
  if (held) return false
  return state === 'queued' || (state === 'ready' && (notBefore === null || notBefore <= now))
}
