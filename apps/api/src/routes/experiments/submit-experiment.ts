import { GoalpostError, type JsonObject } from '@goalpost/contracts'
import { hashJson } from '@goalpost/experiments'
import { findSubject, prepareExperiment, requireFiles, type Planner } from '@goalpost/submission'
import type { Origin } from '../../intake/jobs.ts'
import type { ApiDependencies } from '../../dependencies.ts'

/**
 * Stores an experiment with all its runs and tasks, or nothing. With an idempotency key, the same body again gives the
 * first experiment (`created` false), another body `idempotency-mismatch`.
 */
export async function submitExperiment(
  deps: Planner & Pick<ApiDependencies, 'experiments' | 'models'>,
  workspaceId: string,
  { body, idempotencyKey, actor, externalId, trace }: Origin & { body: unknown; idempotencyKey: string | undefined },
): Promise<{ id: string; created: boolean }> {
  const prepared = prepareExperiment(body, deps, await findSubject(deps.models, workspaceId, body))
  // Validated by the schema of specs, so it is a JSON object.
  const spec = body as JsonObject
  await requireFiles(deps.experiments, workspaceId, { expansion: prepared.expansion, sent: body })
  const idempotency = idempotencyKey === undefined ? null : { key: idempotencyKey, bodyHash: hashJson(spec) }
  const outcome = await deps.experiments.create(workspaceId, {
    spec,
    ...prepared,
    idempotency,
    actor,
    externalId: externalId ?? null,
    trace,
  })
  if (outcome.ok) return outcome
  if (outcome.code === 'quota-exceeded') throw new GoalpostError(outcome.code, outcome.message)
  throw new GoalpostError(
    outcome.code,
    externalId === undefined
      ? `The Idempotency-Key ${idempotencyKey} was used with another body; use a new key`
      : `The external id ${externalId} belongs to an experiment with another spec; use a new one`,
  )
}
