import { GoalpostError, type InputIssue, type ToolAnswer, type UploadedFile } from '@goalpost/contracts'
import { suggestName } from '@goalpost/validation'
import type { Actor, NamedFile, ProtocolTool, ToolResolution } from '@goalpost/experiments'
import { z } from 'zod'
import type { ApiDependencies } from '../../dependencies.ts'
import { keepFile } from '../../server/keep-file.ts'
import { notFound } from '../../server/problems.ts'
import type { SentBody } from '../../server/sent-body.ts'

export type ToolCall = {
  readonly protocol: string
  readonly group: string
  readonly name: string
  readonly body: SentBody
  /** Whether the caller's key has the scope of an operator. */
  readonly operator: boolean
  readonly actor: Actor
}

/** The size limit of a file that arguments name. */
const mostFileBytes = 4_000_000

/**
 * Runs a protocol's tool in a compute thread and stores its files.
 * @throws GoalpostError `not-found` for an unknown tool, `insufficient-scope` for one for operators,
 * `invalid-request` with issues for invalid arguments.
 */
export async function useTool(deps: ApiDependencies, workspaceId: string, call: ToolCall): Promise<ToolAnswer> {
  const { index, tool } = findTool(deps, call)
  if (tool.forOperators === true && !call.operator)
    throw new GoalpostError('insufficient-scope', `${call.group} ${call.name} needs a key with the scope \`admin\``)
  const { protocol, body, actor } = call
  const resolution = await deps.intake.run({ type: 'tool', protocol, index, body })
  if (!resolution.ok) throw refused(resolution.issues)
  const choice = await choose(deps, workspaceId, { tool, resolution, protocol })
  const files = await readFiles(deps, workspaceId, [...resolution.files, ...(choice?.files ?? [])])
  const surroundings = {
    ...(choice === null ? {} : { chosen: choice.chosen }),
    ...(tool.forOperators === true && deps.salt !== null ? { salt: deps.salt } : {}),
  }
  const job = { type: 'tool', index, arguments: resolution.arguments, files, surroundings } as const
  const outcome = await deps.compute.run(protocol, job)
  if (!outcome.ok) throw refused(outcome.issues)
  const kept: UploadedFile[] = []
  for (const { name, mediaType, text } of outcome.files) {
    const { file } = await keepFile(deps, workspaceId, {
      name,
      mediaType,
      content: new TextEncoder().encode(text),
      actor,
    })
    kept.push(file)
  }
  return { report: outcome.report, data: outcome.data, files: kept }
}

function findTool({ protocols }: ApiDependencies, { protocol: wanted, group, name }: ToolCall) {
  const protocol = protocols.get(wanted)
  if (protocol === undefined) throw notFound('protocol', hinted(wanted, [...protocols.keys()]))
  const tools = protocol.tools ?? []
  const index = tools.findIndex((tool) => tool.group === group && tool.name === name)
  const tool = tools[index]
  if (tool !== undefined) return { index, tool }
  const known = tools.map((each) => `${each.group}/${each.name}`)
  throw notFound('tool', hinted(`${group}/${name}`, known))
}

function hinted(given: string, known: readonly string[]): string {
  const hint = suggestName(given, known)
  return hint === undefined ? given : `${given} (${hint})`
}

const experimentId = z.uuid()

type Resolved = {
  readonly tool: ProtocolTool
  readonly protocol: string
  readonly resolution: Extract<ToolResolution, { ok: true }>
}

/** Null if no experiment is named. Experiments of other workspaces are not found. */
async function choose({ experiments }: ApiDependencies, workspaceId: string, { tool, protocol, resolution }: Resolved) {
  const { experiment, arguments: resolved } = resolution
  if (experiment === undefined || tool.choose === undefined) return null
  const { id, pointer } = experiment
  if (!experimentId.safeParse(id).success) throw refused([{ pointer, message: `${id} is not an experiment id` }])
  const [view, evidence] = await Promise.all([experiments.get(workspaceId, id), experiments.evidence(workspaceId, id)])
  if (view === null || evidence === null) throw refused([{ pointer, message: `there is no experiment ${id}` }])
  if (view.protocol !== protocol)
    throw refused([
      { pointer, message: `names an experiment of ${view.protocol}, but this tool belongs to ${protocol}` },
    ])
  const choice = tool.choose(resolved, evidence)
  if (!choice.ok) throw refused(choice.issues)
  return choice
}

/** Hashes are not secret: only files of this workspace can be read. */
async function readFiles(
  { experiments, artifacts }: ApiDependencies,
  workspaceId: string,
  named: readonly NamedFile[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>()
  for (const { hash, pointer } of named) {
    const owned = await experiments.ownsArtifact(workspaceId, hash)
    if (owned === null) {
      const remedy = 'Upload it first: goalpost upload <file>, or POST /v1/artifacts'
      throw refused([{ pointer, message: `there is no file ${hash} in this workspace`, remedy }])
    }
    if (owned.bytes > mostFileBytes) {
      const message = `names a file of ${owned.bytes} bytes; the limit is ${mostFileBytes}`
      throw refused([{ pointer, message }])
    }
    files.set(hash, await artifacts.read(hash))
  }
  return files
}

function refused(issues: readonly InputIssue[]): GoalpostError {
  const detail = issues
    .slice(0, 3)
    .map(({ pointer, message }) => `${pointer || 'the arguments'}: ${message}`)
    .join('; ')
  return new GoalpostError('invalid-request', detail, { issues })
}
