import type { Claim, DispatchedJob } from '@goalpost/experiments'
import type { Store } from '@goalpost/store'
import { plan } from '../../packages/store/test/bench.ts'

const leaseMs = 3_600_000

/** So many running trainings of one experiment, for a worker to record what they report. */
export async function claimTrainings(store: Store, workspaceId: string, count: number): Promise<Claim[]> {
  const spec = { name: 'points', seeds: count, fresh: true }
  const outcome = await store.experiments.create(workspaceId, { ...plan(spec), idempotency: null })
  if (!outcome.ok) throw new Error(outcome.code)
  const jobs: DispatchedJob[] = []
  await store.dispatcher.dispatch(100 * count, async (added) => void jobs.push(...added))
  const claims: Claim[] = []
  for (const { taskId, epoch } of jobs) {
    const claimed = await store.ledger.claim({ taskId, epoch }, { id: 'benchmark', leaseMs, engines: [] })
    if (claimed.ok && claimed.assignment.kind === 'train') claims.push(claimed.claim)
  }
  if (claims.length !== count) throw new Error(`${claims.length} trainings were claimed instead of ${count}`)
  return claims
}
