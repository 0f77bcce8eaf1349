import type { Actor, ModelRegistry, ModelViews } from '@goalpost/experiments'
import type { Database, Queries } from '../database/open-database.ts'
import { readTime, type Clock } from '../tasks/change.ts'
import { deleteModel, deleteVersion, moveAlias, tagVersion } from './change-model.ts'
import type { ModelChange } from './locked-model.ts'
import { listAliasMoves, listModels, listVersions, readModel, readVersion } from './model-views.ts'
import { registerVersion } from './register-version.ts'

export function createModelStore(database: Database, clock?: Clock): ModelRegistry & ModelViews {
  const change = <T>(work: (open: ModelChange) => Promise<T>, actor: Actor): Promise<T> =>
    database.transaction(async (queries) => work({ queries, now: await readTime(queries, clock), actor }))
  const read = <T>(work: (queries: Queries) => Promise<T>): Promise<T> => database.snapshot(work)
  return {
    register: (which, registration, actor) => change((open) => registerVersion(open, which, registration), actor),
    moveAlias: (which, move, actor) => change((open) => moveAlias(open, which, move), actor),
    tag: (which, tags, actor) => change((open) => tagVersion(open, which, tags), actor),
    deleteVersion: (which, actor) => change((open) => deleteVersion(open, which), actor),
    deleteModel: (which, actor) => change((open) => deleteModel(open, which), actor),
    models: (workspaceId, query) => database.query((queries) => listModels(queries, workspaceId, query)),
    model: (which) => database.query((queries) => readModel(queries, which)),
    versions: (which, query) => read((queries) => listVersions(queries, which, query)),
    version: (which) => read((queries) => readVersion(queries, which)),
    aliasMoves: (which, query) => read((queries) => listAliasMoves(queries, which, query)),
  }
}
