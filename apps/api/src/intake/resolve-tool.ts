import { jsonObject } from '@goalpost/contracts'
import type { Protocol, ToolResolution } from '@goalpost/experiments'
import { readBody, type SentBody } from '../server/sent-body.ts'
import { requireFit } from '../server/validation.ts'

type Call = { readonly body: SentBody; readonly protocol: string; readonly index: number }

/** The arguments of an existing tool, checked by the tool. */
export function resolveTool(protocols: ReadonlyMap<string, Protocol>, { body, protocol, index }: Call): ToolResolution {
  const tool = protocols.get(protocol)?.tools?.[index]
  if (tool === undefined) throw new Error(`The protocol ${protocol} has no tool number ${index}`)
  return tool.resolve(requireFit(jsonObject, readBody(body)))
}
