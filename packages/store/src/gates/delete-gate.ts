import { GoalpostError } from '@goalpost/contracts'
import type { Actor } from '@goalpost/experiments'
import { recordAudit } from '../keys/record-audit.ts'
import { lockWorkspace, type Change } from '../tasks/change.ts'
import { findGate } from './gate-views.ts'
import { noSuchGate } from './refusals.ts'

/** Its runs stay, and its name stays taken. Without triggers nothing starts another run. */
export async function deleteGate(
  { queries, now }: Change,
  workspaceId: string,
  { name, actor }: { readonly name: string; readonly actor: Actor },
): Promise<void> {
  await lockWorkspace(queries, workspaceId)
  const gate = await findGate(queries, workspaceId, name)
  if (gate === null) throw noSuchGate(name)
  if (gate.deletedAt !== null) return
  const where = { gateId: gate.id, endedAt: null }
  const open = (await queries.gateRun.count({ where })) + (await queries.gateBisection.count({ where }))
  if (open > 0) {
    const what = open === 1 ? 'A run or search' : `${open} runs and searches`
    throw new GoalpostError(
      'state-conflict',
      `${what} of the gate ${name} must end first: see npx goalpost gates runs ${name}`,
    )
  }
  const data = { triggers: [], nextAt: null, deletedAt: now, updatedAt: now }
  await queries.gate.update({ where: { id: gate.id }, data, select: { id: true } })
  await recordAudit(queries, actor, {
    workspaceId,
    action: 'gate.deleted',
    subject: { type: 'gate', id: gate.id, name },
    before: { version: gate.version, model: gate.model },
    after: null,
  })
}
