import type { JsonObject, ToolAnswer, ToolView } from '@goalpost/contracts'
import { printJson, printLines, type Context, type GlobalOptions } from '../context.ts'
import { standardOutput, writeOutput, type Destination } from '../output/write-output.ts'
import { playFrames } from '../report/play-frames.ts'
import { renderReport } from '../report/render-report.ts'
import type { ServiceApi } from '../service/service-api.ts'

export type ToolCall = {
  readonly protocol: string
  readonly tool: Pick<ToolView, 'group' | 'name'>
  readonly given: JsonObject
  /** Where files are written; none are if left out. */
  readonly out: string | undefined
  readonly force: boolean
  /** How animations are shown: animated, frame by frame below each other, or the last frame only. */
  readonly moving: 'played' | 'listed' | 'still'
}

/** Runs a tool of the service, shows its report, and writes its files. */
export async function runTool(
  context: Context,
  { api, global }: { readonly api: ServiceApi; readonly global: GlobalOptions },
  { protocol, tool, given, out, force, moving }: ToolCall,
): Promise<void> {
  const answer = await api.useTool({ protocol, group: tool.group, tool: tool.name }, given)
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
  const hint = `${count} kept under the hash of the content; --out PATH writes ${them}, --json prints the hash.`
  context.note(context.terminal.colours.dim(hint))
}

async function writeFiles(api: ServiceApi, files: ToolAnswer['files'], to: Destination): Promise<string[]> {
  const outputs = await Promise.all(
    files.map(async ({ name, hash }) => ({ name, bytes: (await api.artifact(hash)).bytes })),
  )
  return writeOutput(outputs, to)
}
