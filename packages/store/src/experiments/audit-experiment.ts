import type { JsonObject } from '@goalpost/contracts'
import type { Changing, WhichExperiment } from '@goalpost/experiments'
import { recordAudit } from '../keys/record-audit.ts'
import type { Change } from '../tasks/change.ts'

type Audited = Pick<Changing, 'actor'> & {
  readonly name: string
  readonly action: `experiment.${string}`
  /** Null if the experiment did not exist before the change. */
  readonly before: JsonObject | null
  readonly after: JsonObject
}

/** Records a change of an experiment, in the transaction of the change. */
export async function auditExperiment(
  { queries }: Change,
  { workspaceId, id }: WhichExperiment,
  { name, actor, ...entry }: Audited,
): Promise<void> {
  await recordAudit(queries, actor, { workspaceId, subject: { type: 'experiment', id, name }, ...entry })
}
