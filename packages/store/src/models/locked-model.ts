import type { JsonObject } from '@goalpost/contracts'
import type { Actor, WhichModel } from '@goalpost/experiments'
import type { Queries } from '../database/open-database.ts'
import { recordAudit } from '../keys/record-audit.ts'
import { findModel, type ModelRow } from './find-version.ts'
import { noSuchModel } from './refusals.ts'

export type ModelChange = { readonly queries: Queries; readonly now: Date; readonly actor: Actor }

/** All changes of a model lock its row first, so they happen one after the other. Refuses if there is none. */
export async function lockModel(queries: Queries, which: WhichModel): Promise<ModelRow> {
  await queries.$queryRaw`
    SELECT id FROM models WHERE workspace_id = ${which.workspaceId}::uuid AND name = ${which.model} FOR NO KEY UPDATE`
  const model = await findModel(queries, which)
  if (model === null) throw noSuchModel(which)
  return model
}

/** To be called once in every transaction that changes what clients see of the model. */
export async function touchModel(
  { queries, now }: ModelChange,
  id: string,
  counts: { readonly latestNumber?: number; readonly versions?: number } = {},
): Promise<void> {
  const { latestNumber, versions = 0 } = counts
  await queries.model.update({
    where: { id },
    data: {
      revision: { increment: 1 },
      versionCount: { increment: versions },
      updatedAt: now,
      ...(latestNumber === undefined ? {} : { latestNumber }),
    },
    select: { id: true },
  })
}

export type Audited = {
  readonly action: `model${string}`
  readonly modelId: string
  readonly before: JsonObject | null
  readonly after: JsonObject | null
}

/** Records a change of a model, in its transaction. */
export function auditModel(
  { queries, actor }: ModelChange,
  { workspaceId, model }: WhichModel,
  { modelId, ...entry }: Audited,
): Promise<void> {
  return recordAudit(queries, actor, { workspaceId, subject: { type: 'model', id: modelId, name: model }, ...entry })
}
