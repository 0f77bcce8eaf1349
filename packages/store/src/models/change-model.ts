import { GoalpostError, type TagChange, type VersionReference } from '@goalpost/contracts'
import { changeTags, decideDeletion, type WhichModel, type WhichVersion } from '@goalpost/experiments'
import { appendWorkspaceEvents, type NewWorkspaceEvent } from '../events/append-workspace-events.ts'
import { findNumber, type ModelRow } from './find-version.ts'
import { auditModel, lockModel, touchModel, type ModelChange } from './locked-model.ts'
import { noSuchVersion, unknownValue } from './refusals.ts'
import { setAlias } from './set-alias.ts'

type AliasMove = {
  readonly alias: string
  readonly version: VersionReference | null
  readonly expectedRevision?: number | undefined
}

export async function moveAlias(change: ModelChange, which: WhichModel, move: AliasMove): Promise<void> {
  const { queries, now } = change
  const { alias, version, expectedRevision } = move
  const model = await lockModel(queries, which)
  if (expectedRevision !== undefined && model.revision !== expectedRevision) {
    throw new GoalpostError('stale-version', 'The model has changed since it was read: read it again and repeat')
  }
  const to = version === null ? null : await aliasTarget(change, { which, model, version })
  const moved = await setAlias(change, { modelId: model.id, which, name: alias, to })
  if (moved === null && to === null)
    throw new GoalpostError('not-found', `The model ${which.model} has no alias ${alias}`)
  if (moved === null) return
  await touchModel(change, model.id)
  await appendWorkspaceEvents(queries, { workspaceId: which.workspaceId, now }, [moved])
}

type Aim = { readonly which: WhichModel; readonly model: ModelRow; readonly version: VersionReference }

async function aliasTarget({ queries }: ModelChange, { which, model, version }: Aim): Promise<number> {
  const number = await findNumber(queries, model.id, version)
  if (number === null) throw unknownValue('/version', `the model ${which.model} has no version ${version}`)
  const { deletedAt } = await queries.modelVersion.findFirstOrThrow({
    where: { modelId: model.id, number },
    select: { deletedAt: true },
  })
  if (deletedAt === null) return number
  const remedy = 'Register its file again, which restores it'
  throw unknownValue('/version', `version ${number} of ${which.model} is deleted`, remedy)
}

export async function tagVersion(change: ModelChange, which: WhichVersion, tags: TagChange): Promise<void> {
  const { model, version } = await lockVersion(change, which)
  const changed = changeTags(version.tags, tags)
  if (changed === null) throw unknownValue('/add', `version ${version.number} would have too many tags`)
  if (changed.join(' ') === version.tags.join(' ')) return
  await change.queries.modelVersion.update({
    where: { id: version.id },
    data: { tags: [...changed] },
    select: { id: true },
  })
  await touchModel(change, model.id)
  await auditModel(change, which, {
    action: 'model-version.tagged',
    modelId: model.id,
    before: { version: version.number, tags: [...version.tags] },
    after: { version: version.number, tags: [...changed] },
  })
}

export async function deleteVersion(change: ModelChange, which: WhichVersion): Promise<void> {
  const { queries, now } = change
  const { model, version } = await lockVersion(change, which)
  const aliases = await queries.modelAlias.findMany({
    where: { modelId: model.id, number: version.number },
    orderBy: { name: 'asc' },
  })
  const decision = decideDeletion({
    number: version.number,
    deleted: version.deletedAt !== null,
    aliases: aliases.map(({ name }) => name),
  })
  if (decision.type === 'refuse') throw new GoalpostError('state-conflict', decision.message)
  if (decision.type === 'keep') return
  await queries.modelVersion.update({ where: { id: version.id }, data: { deletedAt: now }, select: { id: true } })
  await touchModel(change, model.id, { versions: -1 })
  const before = { version: version.number }
  await auditModel(change, which, { action: 'model-version.deleted', modelId: model.id, before, after: null })
}

export async function deleteModel(change: ModelChange, which: WhichModel): Promise<void> {
  const { queries, now } = change
  const { id: modelId } = await lockModel(queries, which)
  const aliases = await queries.modelAlias.findMany({ where: { modelId }, orderBy: { name: 'asc' } })
  const events: NewWorkspaceEvent[] = []
  for (const { name } of aliases) {
    const removed = await setAlias(change, { modelId, which, name, to: null })
    if (removed !== null) events.push(removed)
  }
  const { count } = await queries.modelVersion.updateMany({
    where: { modelId, deletedAt: null },
    data: { deletedAt: now },
  })
  await touchModel(change, modelId, { versions: -count })
  await queries.model.update({ where: { id: modelId }, data: { deletedAt: now }, select: { id: true } })
  await auditModel(change, which, { action: 'model.deleted', modelId, before: { versions: count }, after: null })
  await appendWorkspaceEvents(queries, { workspaceId: which.workspaceId, now }, events)
}

async function lockVersion({ queries }: ModelChange, which: WhichVersion) {
  const model = await lockModel(queries, which)
  const number = await findNumber(queries, model.id, which.version)
  if (number === null) throw noSuchVersion(which, which.version)
  const version = await queries.modelVersion.findFirstOrThrow({
    where: { modelId: model.id, number },
    select: { id: true, number: true, tags: true, deletedAt: true },
  })
  return { model, version }
}
