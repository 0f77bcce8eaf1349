import type { LabelChange, NoteChange } from '@goalpost/contracts'
import type { Changing, WhichExperiment } from '@goalpost/experiments'
import { fromStored } from '../database/stored-json.ts'
import type { Change } from '../tasks/change.ts'
import { auditExperiment } from './audit-experiment.ts'
import { conflict, isStale, lockExperimentOf, notFound, stale, type Refusal } from './change-experiment.ts'

type Labels = Readonly<Record<string, string>>

/** Lists show all of them. */
const mostLabels = 64

export async function setLabels(
  change: Change,
  which: WhichExperiment,
  { labels: { set, remove }, ...changing }: Changing & { readonly labels: LabelChange },
): Promise<Refusal> {
  const experiment = await lockExperimentOf(change.queries, which)
  if (experiment === null) return notFound
  if (isStale(experiment, changing.expectedRevision)) return stale
  const before = fromStored<Labels>(experiment.labels)
  const kept = Object.entries(before).filter(([key]) => !remove.includes(key))
  const labels = { ...Object.fromEntries(kept), ...set }
  if (Object.keys(labels).length > mostLabels) return conflict(`An experiment has at most ${mostLabels} labels`)
  await change.queries.experiment.update({ where: { id: which.id }, data: { labels }, select: { id: true } })
  change.experiments.set(which.id, { event: null })
  await auditExperiment(change, which, {
    name: experiment.name,
    actor: changing.actor,
    action: 'experiment.annotated',
    before: { labels: before },
    after: { labels },
  })
  return null
}

/** The revision would refuse too much: it grows with the progress of a running experiment. */
const staleNote: Refusal = {
  ok: false,
  code: 'stale-version',
  message: 'Somebody else has changed the note since it was read',
}

export async function setNote(
  change: Change,
  which: WhichExperiment,
  { note, previous, actor, expectedRevision }: Changing & NoteChange,
): Promise<Refusal> {
  const experiment = await lockExperimentOf(change.queries, which)
  if (experiment === null) return notFound
  if (isStale(experiment, expectedRevision)) return stale
  const { name, note: before } = experiment
  if (previous !== undefined && previous !== before) return staleNote
  await change.queries.experiment.update({ where: { id: which.id }, data: { note }, select: { id: true } })
  change.experiments.set(which.id, { event: null })
  const action = 'experiment.annotated'
  await auditExperiment(change, which, { name, actor, action, before: { note: before }, after: { note } })
  return null
}
