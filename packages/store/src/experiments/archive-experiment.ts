import type { Changing, WhichExperiment } from '@goalpost/experiments'
import type { Change } from '../tasks/change.ts'
import { auditExperiment } from './audit-experiment.ts'
import { isStale, lockExperimentOf, notFound, stale, type Refusal } from './change-experiment.ts'

export async function setArchived(
  change: Change,
  which: WhichExperiment,
  { archived, actor, expectedRevision }: Changing & { readonly archived: boolean },
): Promise<Refusal> {
  const { queries, now } = change
  const experiment = await lockExperimentOf(queries, which)
  if (experiment === null) return notFound
  if (isStale(experiment, expectedRevision)) return stale
  const before = experiment.archivedAt !== null
  if (before === archived) return null
  await queries.experiment.update({
    where: { id: which.id },
    data: { archivedAt: archived ? now : null },
    select: { id: true },
  })
  change.experiments.set(which.id, { event: null })
  await auditExperiment(change, which, {
    name: experiment.name,
    actor,
    action: archived ? 'experiment.archived' : 'experiment.unarchived',
    before: { archived: before },
    after: { archived },
  })
  return null
}
