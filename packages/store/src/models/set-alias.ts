import type { NewWorkspaceEvent } from '../events/append-workspace-events.ts'
import type { ModelChange } from './locked-model.ts'

type Alias = { readonly modelId: string; readonly model: string; readonly name: string; readonly to: number | null }

/** Moves, creates or (`to` null) removes an alias and keeps its history. Null if that changes nothing. */
export async function setAlias(
  { queries, now }: ModelChange,
  { modelId, model, name, to }: Alias,
): Promise<NewWorkspaceEvent | null> {
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
  await queries.modelAliasMove.create({ data: { modelId, alias: name, fromNumber: from, toNumber: to, at: now } })
  return {
    type: 'model-alias.moved',
    subject: `models/${model}/aliases/${name}`,
    payload: { model, alias: name, from, to },
  }
}
