import { mkdir, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { GoalpostError, type JsonObject, type ToolAnswer, type ToolView } from '@goalpost/contracts'
import { printJson, printLines, type Context, type GlobalOptions } from '../context.ts'
import { playFrames } from '../report/play-frames.ts'
import { renderReport } from '../report/render-report.ts'
import type { ServiceApi } from '../service/service-api.ts'

export type ToolCall = {
  readonly protocol: string
  readonly tool: Pick<ToolView, 'group' | 'name'>
  readonly given: JsonObject
  /** Where files are written to; nowhere, where left out. */
  readonly out: string | undefined
  /** What becomes of pictures that move: shown moving, moment by moment below each other, or only as they end. */
  readonly moving: 'played' | 'listed' | 'still'
}

/** Lets the service's tool work, shows what it says, and writes what it made. */
export async function runTool(
  context: Context,
  { api, global }: { readonly api: ServiceApi; readonly global: GlobalOptions },
  { protocol, tool, given, out, moving }: ToolCall,
): Promise<void> {
  const answer = await api.useTool({ protocol, group: tool.group, tool: tool.name }, given)
  const written = out === undefined ? [] : await writeFiles(api, answer.files, out)
  for (const file of written) context.note(file)
  if (global.json) return printJson(context, answer)
  const motions = answer.report.parts.flatMap((part) => (part.type === 'picture' ? [part.frames ?? []] : []))
  if (moving === 'played') for (const frames of motions) await playFrames(context, frames)
  if (moving === 'listed') for (const frames of motions) for (const frame of frames) printLines(context, [...frame, ''])
  printLines(context, renderReport(context.terminal, answer.report))
  if (out !== undefined || answer.files.length === 0) return
  const [count, them] = answer.files.length === 1 ? ['1 file is', 'it'] : [`${answer.files.length} files are`, 'them']
  const hint = `${count} kept under the hash of the content; --out FOLDER writes ${them}, --json tells the hash.`
  context.note(context.terminal.colours.dim(hint))
}

async function writeFiles(api: ServiceApi, files: ToolAnswer['files'], folder: string): Promise<string[]> {
  try {
    await mkdir(folder, { recursive: true })
    const written: string[] = []
    for (const { name, hash } of files) {
      const path = join(folder, basename(name))
      const { bytes } = await api.artifact(hash)
      await writeFile(path, bytes)
      written.push(path)
    }
    return written
  } catch (error) {
    if (error instanceof GoalpostError) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new GoalpostError('invalid-request', `${folder} cannot be written to: ${reason}`, { cause: error })
  }
}
