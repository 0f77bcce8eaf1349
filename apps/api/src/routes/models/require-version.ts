import type { ModelVersionView } from '@goalpost/contracts'
import type { WhichVersion } from '@goalpost/experiments'
import type { ApiDependencies } from '../../dependencies.ts'
import { notFound } from '../../server/problems.ts'

/** @throws GoalpostError `not-found` */
export async function requireVersion(
  { models }: Pick<ApiDependencies, 'models'>,
  which: WhichVersion,
): Promise<{ view: ModelVersionView; revision: number }> {
  const found = await models.version(which)
  if (found === null) throw notFound('version', `${which.version} of the model ${which.model}`)
  return found
}
