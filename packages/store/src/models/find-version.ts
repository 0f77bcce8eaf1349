import { latestAlias, type VersionReference } from '@goalpost/contracts'
import type { WhichModel } from '@goalpost/experiments'
import type { Queries } from '../database/open-database.ts'

export type ModelRow = { readonly id: string; readonly revision: number; readonly latestNumber: number }

/** Null if the workspace has none of that name. A deleted one is found only on request. */
export function findModel(
  queries: Queries,
  { workspaceId, model }: WhichModel,
  { deletedToo = false }: { readonly deletedToo?: boolean } = {},
): Promise<ModelRow | null> {
  return queries.model.findFirst({
    where: { workspaceId, name: model, ...(deletedToo ? {} : { deletedAt: null }) },
    select: { id: true, revision: true, latestNumber: true },
  })
}

/** The number of the version that the reference names now, or null. A number may be that of a deleted version. */
export async function findNumber(
  queries: Queries,
  modelId: string,
  reference: VersionReference,
): Promise<number | null> {
  if (typeof reference === 'number') {
    const found = await queries.modelVersion.findFirst({
      where: { modelId, number: reference },
      select: { number: true },
    })
    return found?.number ?? null
  }
  if (reference !== latestAlias) {
    const alias = await queries.modelAlias.findFirst({ where: { modelId, name: reference } })
    return alias?.number ?? null
  }
  const latest = await queries.modelVersion.findFirst({
    where: { modelId, deletedAt: null },
    orderBy: { number: 'desc' },
    select: { number: true },
  })
  return latest?.number ?? null
}
