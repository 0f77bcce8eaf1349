import type { ModelRegistration } from '@goalpost/contracts'
import { changeTags, decideRegistration, type WhichModel } from '@goalpost/experiments'
import { v7 as uuidv7 } from 'uuid'
import { toStored } from '../database/stored-json.ts'
import { appendWorkspaceEvents, type NewWorkspaceEvent } from '../events/append-workspace-events.ts'
import { checkOrigin } from './check-origin.ts'
import { findNumber, type ModelRow } from './find-version.ts'
import { auditModel, lockModel, touchModel, type Audited, type ModelChange } from './locked-model.ts'
import { unknownValue } from './refusals.ts'
import { setAlias } from './set-alias.ts'

type Registering = { readonly which: WhichModel; readonly model: ModelRow; readonly registration: ModelRegistration }
type Registered = {
  readonly number: number
  /** Before; null if the version was not listed. */
  readonly formerTags: readonly string[] | null
  readonly tags: readonly string[]
  readonly isNew: boolean
  readonly isListed: boolean
  readonly changed: boolean
}

export async function registerVersion(
  change: ModelChange,
  which: WhichModel,
  registration: ModelRegistration,
): Promise<{ number: number; created: boolean }> {
  await checkOrigin(change, which, registration)
  const model = await createOrLock(change, which)
  const stored = await storeVersion(change, { which, model, registration })
  const { number, isNew, isListed, changed } = stored
  const events = isListed ? [registered(which, number, registration)] : []
  if (changed) {
    await auditModel(change, which, { modelId: model.id, ...auditedOf(stored, registration) })
  }
  for (const name of registration.aliases) {
    const moved = await setAlias(change, { modelId: model.id, which, name, to: number })
    if (moved !== null) events.push(moved)
  }
  if (changed || events.length > 0) {
    const latestNumber = Math.max(number, model.latestNumber)
    await touchModel(change, model.id, { latestNumber, versions: isListed ? 1 : 0 })
  }
  await appendWorkspaceEvents(change.queries, { workspaceId: which.workspaceId, now: change.now }, events)
  return { number, created: isNew }
}

/** A deleted model comes back with its numbers, but lists only the version that is registered now. */
async function createOrLock({ queries, now, actor }: ModelChange, which: WhichModel): Promise<ModelRow> {
  const time = now.toISOString()
  await queries.$executeRaw`
    INSERT INTO models (id, workspace_id, name, revision, latest_number, version_count, created_at, updated_at, created_by)
    VALUES (${uuidv7()}::uuid, ${which.workspaceId}::uuid, ${which.model}, 1, 0, 0, ${time}::timestamptz, ${time}::timestamptz, ${actor.key?.name ?? null}::text)
    ON CONFLICT (workspace_id, name) DO UPDATE SET deleted_at = NULL`
  return lockModel(queries, which)
}

async function storeVersion(change: ModelChange, registering: Registering): Promise<Registered> {
  const { model, registration } = registering
  const same = await change.queries.modelVersion.findFirst({
    where: { modelId: model.id, artifactHash: registration.artifact },
    select: { number: true, deletedAt: true, tags: true },
  })
  const known = same && { number: same.number, deleted: same.deletedAt !== null }
  const { type, number } = decideRegistration(known, model.latestNumber)
  const tags = changeTags(same?.tags ?? [], { add: registration.tags, remove: [] })
  if (tags === null) throw unknownValue('/tags', `version ${number} would have too many tags`)
  const changed = type !== 'keep' || tags.length !== same?.tags.length
  if (type === 'create') await insertVersion(change, registering, { number, tags })
  else if (changed) {
    await change.queries.modelVersion.update({
      where: { modelId_number: { modelId: model.id, number } },
      data: { tags: [...tags], deletedAt: null },
      select: { id: true },
    })
  }
  const formerTags = same && type === 'keep' ? same.tags : null
  return { number, formerTags, tags, isNew: type === 'create', isListed: type !== 'keep', changed }
}

function auditedOf(
  { number, formerTags, tags }: Registered,
  { artifact: hash }: ModelRegistration,
): Pick<Audited, 'action' | 'before' | 'after'> {
  if (formerTags === null)
    return { action: 'model-version.registered', before: null, after: { version: number, hash, tags } }
  const before = { version: number, tags: formerTags }
  return { action: 'model-version.tagged', before, after: { version: number, tags } }
}

async function insertVersion(
  { queries, now, actor }: ModelChange,
  { which, model, registration }: Registering,
  { number, tags }: { readonly number: number; readonly tags: readonly string[] },
): Promise<void> {
  const { artifact, step, metadata, commit, taskId, experimentId, parent } = registration
  const parentNumber = parent === undefined ? null : await findNumber(queries, model.id, parent)
  if (parent !== undefined && parentNumber === null)
    throw unknownValue('/parent', `the model ${which.model} has no version ${parent}`)
  await queries.modelVersion.create({
    data: {
      id: uuidv7(),
      modelId: model.id,
      workspaceId: which.workspaceId,
      number,
      artifactHash: artifact,
      step: step === undefined ? null : BigInt(step),
      metadata: toStored(metadata),
      tags: [...tags],
      commit: commit ?? null,
      taskId: taskId ?? null,
      experimentId: experimentId ?? null,
      parentNumber,
      createdAt: now,
      createdBy: actor.key?.name ?? null,
    },
    select: { id: true },
  })
}

function registered({ model }: WhichModel, number: number, registration: ModelRegistration): NewWorkspaceEvent {
  const { artifact: hash, step = null, commit = null, metadata, tags, aliases } = registration
  return {
    type: 'model-version.registered',
    subject: `models/${model}/versions/${number}`,
    payload: { model, number, hash, step, commit, metadata, tags, aliases },
  }
}
