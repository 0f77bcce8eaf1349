import type { JsonObject, ToolAnswer, ToolView } from '@goalpost/contracts'
import { printJson, printLines, type Context, type GlobalOptions } from '../context.ts'
import { standardOutput, writeOutput, type Destination } from '../output/write-output.ts'
import { playFrames } from '../report/play-frames.ts'
import { renderReport } from '../report/render-report.ts'
import type { ServiceApi } from '../service/service-api.ts'
import { playGame } from './play-game.ts'

export type ToolCall = {
  readonly protocol: string
  readonly tool: Pick<ToolView, 'group' | 'name'>
  readonly given: JsonObject
  /** Where files are written; none are if left out. */
  readonly out: string | undefined
  readonly force: boolean
  /** How animations are shown: animated, frame by frame below each other, or the last frame only. */
  readonly moving: 'played' | 'listed' | 'still'
  /** The argument that collects actions, and the keys that add to it, if the tool is played by hand. */
  readonly game: { readonly argument: string; readonly keys: AsyncIterable<string> } | null
}

/** Runs a tool of the service, shows its report, and writes its files. */
export async function runTool(
  context: Context,
  { api, global }: { readonly api: ServiceApi; readonly global: GlobalOptions },
  { protocol, tool, given, out, force, moving, game }: ToolCall,
): Promise<void> {
  const use = (added: JsonObject) =>
    api.useTool({ protocol, group: tool.group, tool: tool.name }, { ...given, ...added })
  const answer =
    game === null
      ? await use({})
      : await playGame(context, { keys: game.keys, ask: (actions) => use({ [game.argument]: actions.join(' ') }) })
  const written = out === undefined ? [] : await writeFiles(api, answer.files, { out, force })
  if (out === standardOutput) return
  for (const file of written) context.note(file)
  if (global.json) return printJson(context, answer)
  const motions = answer.report.parts.flatMap((part) => (part.type === 'picture' ? [part.frames ?? []] : []))
  if (moving === 'played') for (const frames of motions) await playFrames(context, frames)
  if (moving === 'listed') for (const frames of motions) for (const frame of frames) printLines(context, [...frame, ''])
  printLines(context, renderReport(context.terminal, answer.report))
  if (out !== undefined || answer.files.length === 0) return
  const [count, them] = answer.files.length === 1 ? ['1 file is', 'it'] : [`${answer.files.length} files are`, 'them']
  const hint = `${count} stored under its content hash; --out PATH writes ${them}, --json prints the hash.`
  context.note(context.terminal.colours.dim(hint))
}

async function writeFiles(api: ServiceApi, files: ToolAnswer['files'], to: Destination): Promise<string[]> {
  const outputs = await Promise.all(
    files.map(async ({ name, hash }) => ({ name, bytes: (await api.artifact(hash)).bytes })),
  )
  return writeOutput(outputs, to)
}
