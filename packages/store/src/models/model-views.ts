import type { AliasMoveView, JsonObject, ModelVersionView, ModelView } from '@goalpost/contracts'
import type { ModelViews, Page, WhichModel, WhichVersion } from '@goalpost/experiments'
import { decodeCursor, pageOf } from '../database/cursor.ts'
import { literally } from '../database/literally.ts'
import type { Queries } from '../database/open-database.ts'
import { findModel, findNumber } from './find-version.ts'

type Query<Name extends keyof ModelViews> = Parameters<ModelViews[Name]>[1]

type ModelRow = {
  name: string
  versions: number
  latest: { number: number; step: number | null; createdAt: string } | null
  aliases: ModelView['aliases']
  revision: number
  created_at: Date
  createdBy: string | null
  updated_at: Date
}

/** `exactly` for one model. `name` is any part of the name, in any case. */
export async function listModels(
  queries: Queries,
  workspaceId: string,
  query: Query<'models'> & { readonly exactly?: string },
): Promise<Page<ModelView>> {
  const [after = null] = query.cursor === undefined ? [] : decodeCursor(query.cursor, ['text'])
  const { exactly = null, limit } = query
  const name = query.name === undefined ? null : `%${literally(query.name)}%`
  const rows = await queries.$queryRaw<ModelRow[]>`
    SELECT m.name, m.version_count AS versions, m.revision, m.created_at, m.created_by AS "createdBy", m.updated_at,
      (SELECT jsonb_build_object('number', v.number, 'step', v.step, 'createdAt', v.created_at)
        FROM model_versions v WHERE v.model_id = m.id AND v.deleted_at IS NULL ORDER BY v.number DESC LIMIT 1) AS latest,
      coalesce((SELECT jsonb_agg(jsonb_build_object('name', a.name, 'version', a.number) ORDER BY a.name)
        FROM model_aliases a WHERE a.model_id = m.id), '[]'::jsonb) AS aliases
    FROM models m
    WHERE m.workspace_id = ${workspaceId}::uuid AND m.deleted_at IS NULL
      AND (${exactly}::text IS NULL OR m.name = ${exactly}::text)
      AND (${after}::text IS NULL OR m.name > ${after}::text)
      AND (${name}::text IS NULL OR m.name ILIKE ${name}::text)
    ORDER BY m.name LIMIT ${limit + 1}::int`
  return pageOf(rows, limit, { item: toModelView, position: (row) => [row.name] })
}

export async function readModel(queries: Queries, { workspaceId, model }: WhichModel): Promise<ModelView | null> {
  const { items } = await listModels(queries, workspaceId, { exactly: model, limit: 1 })
  return items[0] ?? null
}

function toModelView({ created_at: createdAt, updated_at: updatedAt, latest, ...row }: ModelRow): ModelView {
  return {
    ...row,
    latest: latest && { ...latest, createdAt: new Date(latest.createdAt).toISOString() },
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  }
}

type VersionRow = {
  number: number
  hash: string
  file_name: string
  bytes: bigint
  media_type: string
  step: bigint | null
  metadata: JsonObject
  tags: string[]
  aliases: string[]
  commit: string | null
  parent: number | null
  experimentId: string | null
  taskId: string | null
  created_at: Date
  createdBy: string | null
  deleted_at: Date | null
}

export async function listVersions(
  queries: Queries,
  which: WhichModel,
  query: Query<'versions'>,
): Promise<Page<ModelVersionView> | null> {
  const model = await findModel(queries, which)
  if (model === null) return null
  const [before = null] = query.cursor === undefined ? [] : decodeCursor(query.cursor, ['number'])
  const { tag = null, limit } = query
  const commit = query.commit === undefined ? null : `${literally(query.commit)}%`
  const found = await queries.$queryRaw<{ number: number }[]>`
    SELECT number FROM model_versions
    WHERE model_id = ${model.id}::uuid AND deleted_at IS NULL
      AND (${before}::int IS NULL OR number < ${before}::int)
      AND (${tag}::text IS NULL OR ${tag}::text = ANY(tags))
      AND (${commit}::text IS NULL OR commit LIKE ${commit}::text)
    ORDER BY number DESC LIMIT ${limit + 1}::int`
  const rows = await readVersions(
    queries,
    model.id,
    found.map(({ number }) => number),
  )
  return pageOf(rows, limit, { item: (row) => toVersionView(which.model, row), position: ({ number }) => [number] })
}

/** A number always names the same version, also after the model was deleted. */
export async function readVersion(
  queries: Queries,
  which: WhichVersion,
): Promise<{ view: ModelVersionView; revision: number } | null> {
  const model = await findModel(queries, which, { deletedToo: typeof which.version === 'number' })
  const number = model && (await findNumber(queries, model.id, which.version))
  if (model === null || number === null) return null
  const [row] = await readVersions(queries, model.id, [number])
  return row === undefined ? null : { view: toVersionView(which.model, row), revision: model.revision }
}

/** Newest first. */
function readVersions(queries: Queries, modelId: string, numbers: readonly number[]): Promise<VersionRow[]> {
  return queries.$queryRaw<VersionRow[]>`
    SELECT v.number, v.artifact_hash AS hash, f.name AS file_name, f.bytes, f.media_type, v.step, v.metadata, v.tags,
      ARRAY(SELECT a.name FROM model_aliases a WHERE a.model_id = v.model_id AND a.number = v.number ORDER BY a.name) AS aliases,
      v.commit, v.parent_number AS parent, v.experiment_id AS "experimentId", v.task_id AS "taskId", v.created_at, v.created_by AS "createdBy",
      v.deleted_at
    FROM model_versions v JOIN artifacts f ON f.workspace_id = v.workspace_id AND f.hash = v.artifact_hash
    WHERE v.model_id = ${modelId}::uuid AND v.number = ANY(${numbers}::int[])
    ORDER BY v.number DESC`
}

function toVersionView(model: string, row: VersionRow): ModelVersionView {
  const { file_name: name, bytes, media_type: mediaType, step, created_at: created, deleted_at: deleted, ...rest } = row
  return {
    model,
    ...rest,
    file: { name, bytes: Number(bytes), mediaType },
    step: step === null ? null : Number(step),
    createdAt: created.toISOString(),
    deletedAt: deleted?.toISOString() ?? null,
  }
}

export async function listAliasMoves(
  queries: Queries,
  which: WhichModel,
  { alias, cursor, limit }: Query<'aliasMoves'>,
): Promise<Page<AliasMoveView> | null> {
  const model = await findModel(queries, which)
  if (model === null) return null
  const [before] = cursor === undefined ? [] : decodeCursor(cursor, ['number'])
  const rows = await queries.modelAliasMove.findMany({
    where: {
      modelId: model.id,
      ...(alias === undefined ? {} : { alias }),
      ...(before === undefined ? {} : { id: { lt: BigInt(before) } }),
    },
    orderBy: { id: 'desc' },
    take: limit + 1,
  })
  return pageOf(rows, limit, {
    item: ({ alias: name, fromNumber: from, toNumber: to, at, createdBy }) => ({
      alias: name,
      from,
      to,
      at: at.toISOString(),
      createdBy,
    }),
    position: ({ id }) => [Number(id)],
  })
}
