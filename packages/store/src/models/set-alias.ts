import type { NewWorkspaceEvent } from '../events/append-workspace-events.ts'
import type { WhichModel } from '@goalpost/experiments'
import { auditModel, type ModelChange } from './locked-model.ts'

type Alias = { readonly modelId: string; readonly which: WhichModel; readonly name: string; readonly to: number | null }

/** Moves, creates or (`to` null) removes an alias, keeps its history and records it. Null if that changes nothing. */
export async function setAlias(
  change: ModelChange,
  { modelId, which, name, to }: Alias,
): Promise<NewWorkspaceEvent | null> {
  const { queries, now, actor } = change
  const { model } = which
  const key = { modelId_name: { modelId, name } }
  const from =
    (await queries.modelAlias.findFirst({ where: { modelId, name }, select: { number: true } }))?.number ?? null
  if (from === to) return null
  if (to === null) await queries.modelAlias.delete({ where: key })
  else {
    await queries.modelAlias.upsert({
      where: key,
      create: { modelId, name, number: to, updatedAt: now },
      update: { number: to, updatedAt: now },
    })
  }
  const move = { modelId, alias: name, fromNumber: from, toNumber: to, at: now, createdBy: actor.key?.name ?? null }
  await queries.modelAliasMove.create({ data: move })
  const [before, after] = [from, to].map((version) => (version === null ? null : { alias: name, version }))
  const action = to === null ? 'model-alias.removed' : 'model-alias.moved'
  await auditModel(change, which, { modelId, action, before, after })
  return {
    type: 'model-alias.moved',
    subject: `models/${model}/aliases/${name}`,
    payload: { model, alias: name, from, to },
  }
}
