import type { ProtocolView, ToolView } from '@goalpost/contracts'
import type { Command } from 'commander'
import type { Context, GlobalOptions } from '../context.ts'
import type { ServiceApi } from '../service/service-api.ts'
import { resolveBeginning } from '../service/resolve-id.ts'
import {
  argumentsOf,
  charset,
  flagsOf,
  frames,
  helpOf,
  keysFormat,
  readArguments,
  type Argument,
} from './tool-arguments.ts'
import { runTool } from './run-tool.ts'

export type Mount = {
  readonly context: Context
  readonly api: ServiceApi
  readonly global: GlobalOptions
}

/**
 * Adds the commands of protocols under this word, as the service describes them. Returns whether there
 * are any.
 */
export async function mountTools(root: Command, group: string, mount: Mount): Promise<boolean> {
  const { items } = await mount.api.protocols()
  const tools = items.flatMap((protocol) =>
    protocol.tools.filter((tool) => tool.group === group).map((tool) => ({ protocol, tool })),
  )
  if (tools.length === 0) return false
  const parent = root.command(group).summary(`of ${tools[0].protocol.name}`)
  for (const { protocol, tool } of tools) addTool(parent, { protocol, tool }, mount)
  return true
}

type Offer = { readonly protocol: ProtocolView; readonly tool: ToolView }

function addTool(parent: Command, { protocol, tool }: Offer, { context, api, global }: Mount): void {
  const known = argumentsOf(tool)
  const operands = tool.operands.flatMap((name) => known.filter((each) => each.name === name))
  const command = parent.command([tool.name, ...operands.map(operandUsage)].join(' '))
  command.summary(tool.summary).description(tool.description)
  for (const each of known)
    if (!operands.includes(each) && each.name !== charset) command.option(flagsOf(each), helpOf(each))
  const draws = known.some(({ name }) => name === charset)
  if (draws) command.option('--ascii', 'pictures without Unicode')
  const moves = known.some(({ name }) => name === frames)
  if (moves) command.option('--still', 'nothing that moves')
  command.option('--out <path>', 'output: a file; for several files a folder; - for standard output')
  command.option('--force', 'overwrite existing files')
  command.action(async () => {
    const { out, force, ascii, still, ...flags } = command.opts<Record<string, string | boolean>>()
    const named = Object.fromEntries(operands.map(({ name }, index) => [name, command.args[index]]))
    const drawn = draws ? { [charset]: ascii === true || !context.terminal.unicode ? 'ascii' : 'unicode' } : {}
    const listed = flags[frames] === true
    const played = moves && !listed && still !== true && context.animated && !global.json
    const shown = played ? { [frames]: true } : {}
    const nameExperiment = (reference: string) => resolveBeginning(api, reference)
    const given = await readArguments(known, { ...flags, ...named, ...drawn, ...shown }, nameExperiment)
    const moving = listed ? 'listed' : played ? 'played' : 'still'
    const collecting = known.find(({ format }) => format === keysFormat)
    const keys = collecting === undefined || given[collecting.name] !== undefined || global.json ? null : context.keys()
    const game = collecting === undefined || keys === null ? null : { argument: collecting.name, keys }
    await runTool(
      context,
      { api, global },
      { protocol: protocol.name, tool, given, out: text(out), force: force === true, moving, game },
    )
  })
}

const operandUsage = ({ name, required }: Argument): string => (required ? `<${name}>` : `[${name}]`)
const text = (value: string | boolean | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined
