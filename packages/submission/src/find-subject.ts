import { experimentSpec, type ResolvedSubject } from '@goalpost/contracts'
import type { ModelViews } from '@goalpost/experiments'
import { z } from 'zod'
import { invalidSpec } from './prepare-experiment.ts'

const withSubject = z.object({ subject: experimentSpec.shape.subject })

/**
 * The version that the spec's subject names now; null without one. Of a spec that is not valid, which is reported later,
 * too.
 * @throws GoalpostError `invalid-spec` if the workspace has no such version.
 */
export async function findSubject(
  models: Pick<ModelViews, 'version'>,
  workspaceId: string,
  body: unknown,
): Promise<ResolvedSubject | null> {
  const { data } = withSubject.safeParse(body)
  if (data?.subject === undefined) return null
  const { model, version } = data.subject
  const found = await models.version({ workspaceId, model, version })
  if (found !== null) return { model, version: found.view.number, hash: found.view.hash }
  const message = `there is no version ${version} of a model \`${model}\` in this workspace`
  throw invalidSpec([{ pointer: '/subject', message, remedy: 'See goalpost models list, or GET /v1/models' }])
}
