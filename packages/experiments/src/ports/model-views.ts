import type { AliasMoveView, ModelVersionView, ModelView } from '@goalpost/contracts'
import type { WhichModel, WhichVersion } from './model-registry.ts'
import type { Page } from './page.ts'

type PageQuery = { readonly cursor?: string | undefined; readonly limit: number }

/** Reading the model registry. Null, or an empty page, if the workspace has no such model or version. */
export type ModelViews = {
  /** By name. */
  models(workspaceId: string, query: PageQuery & { readonly name?: string | undefined }): Promise<Page<ModelView>>
  model(which: WhichModel): Promise<ModelView | null>
  /** Newest first. */
  versions(
    which: WhichModel,
    query: PageQuery & { readonly tag?: string | undefined; readonly commit?: string | undefined },
  ): Promise<Page<ModelVersionView> | null>
  /** Deleted ones too, if named by number. `revision` is the model's. */
  version(which: WhichVersion): Promise<{ readonly view: ModelVersionView; readonly revision: number } | null>
  /** Latest first. */
  aliasMoves(
    which: WhichModel,
    query: PageQuery & { readonly alias?: string | undefined },
  ): Promise<Page<AliasMoveView> | null>
}
