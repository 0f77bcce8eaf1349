import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { ServiceApi } from '../../service/service-api.ts'
import { resolveExperiment } from '../../service/resolve-id.ts'
import { hashBytes, replaceFiles } from '../../spec-file/named-files.ts'
import type { SpecFile } from '../../spec-file/read-spec.ts'
import { previewSpec, submitSpec } from '../../spec-file/submit-spec.ts'

type Api = ServiceApi

/**
 * Runs spec files and named experiments one after the other: a search is submitted when the one before has ended. All
 * are checked first. Resolves to their ids, or to null if `follow` resolves to false because the user interrupts.
 */
export async function runInTurn(
  api: Api,
  operands: readonly (SpecFile | string)[],
  follow: (id: string) => Promise<boolean>,
): Promise<string[] | null> {
  const checked: (SpecFile | { readonly id: string })[] = []
  for (const operand of operands) {
    if (typeof operand === 'string') checked.push({ id: await resolveExperiment(api, operand) })
    else {
      await previewSpec(api, operand)
      checked.push(operand)
    }
  }
  const ids: string[] = []
  for (const one of checked) {
    const id = 'id' in one ? one.id : await submitOrContinue(api, one)
    if (!(await follow(id))) return null
    ids.push(id)
  }
  return ids
}

const mostOpen = 50

/** The open experiment of an equal spec, which an interrupted command has left, or a new one. */
async function submitOrContinue(api: Api, file: SpecFile): Promise<string> {
  const spec = plainJson(await replaceFiles(file, async (_path, bytes) => hashBytes(bytes)))
  for (const state of ['running', 'waiting'] as const) {
    const { items } = await api.experiments({ named: file.spec.name, state, limit: mostOpen })
    for (const { id } of items) if (isDeepStrictEqual((await api.experiment(id)).spec, spec)) return id
  }
  return (await submitSpec(api, file, randomUUID())).id
}

/** As it is stored: without members that are undefined. */
const plainJson = (value: object): unknown => JSON.parse(JSON.stringify(value))
