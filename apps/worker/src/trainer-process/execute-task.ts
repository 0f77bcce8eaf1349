import { analysisKind, GoalpostError, taskResult } from '@goalpost/contracts'
import type { ArtifactRef, TaskResult } from '@goalpost/contracts'
import { analysisEvidence, buildReport } from '@goalpost/experiments'
import type { Protocol, ProtocolExecutors, TaskContext } from '@goalpost/experiments'
import { checkOutput } from './check-output.ts'

export type Executors = {
  readonly protocols: ReadonlyMap<string, Protocol>
  readonly loadExecutors: (protocol: string) => Promise<ProtocolExecutors>
}

/** Runs one task to its end. Rejects with the protocol's error, or if the result is invalid. */
export async function executeTask(context: TaskContext, executors: Executors): Promise<TaskResult> {
  const { kind, protocol } = context.assignment
  const result = kind === analysisKind ? await analyse(context, executors) : await execute(context, executors)
  const checked = checkOutput(taskResult, result, 'result')
  if (isEmpty(checked)) throw new GoalpostError('task-failed', `The ${kind} task of ${protocol} ended without a result`)
  return checked
}

async function execute(context: TaskContext, { loadExecutors }: Executors): Promise<TaskResult> {
  const { kind, protocol } = context.assignment
  const executors = await loadExecutors(protocol)
  const executor = Object.hasOwn(executors, kind) ? executors[kind] : undefined
  if (executor === undefined)
    throw new GoalpostError('task-failed', `The protocol ${protocol} has no executor for ${kind} tasks`)
  return executor(context)
}

/** The same for every protocol: its report on the results of the task's dependencies. */
async function analyse(context: TaskContext, { protocols }: Executors): Promise<TaskResult> {
  const protocol = protocols.get(context.assignment.protocol)
  if (protocol === undefined) throw new GoalpostError('task-failed', `Unknown protocol ${context.assignment.protocol}`)
  const evidence = analysisEvidence(context.assignment)
  const files = context.assignment.dependencies.flatMap(({ result }) => result?.artifacts ?? [])
  const artifacts = await readEvidenceFiles(context, files)
  return { measures: [], artifacts: [], report: buildReport(protocol, { ...evidence, artifacts }) }
}

/** Reports all missing files at once, so that they are recomputed together. */
async function readEvidenceFiles(
  context: TaskContext,
  files: readonly ArtifactRef[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  const artifacts = new Map<string, Uint8Array>()
  const missing: string[] = []
  for (const hash of new Set(files.filter(({ evidence }) => evidence).map((file) => file.hash))) {
    try {
      artifacts.set(hash, await context.artifacts.read(hash))
    } catch (error) {
      if (!(error instanceof GoalpostError) || error.code !== 'artifact-missing') throw error
      missing.push(hash)
    }
    await context.yieldToEventLoop()
  }
  if (missing.length === 0) return artifacts
  const [first, ...more] = missing
  const message = `Artifact ${first}${more.length > 0 ? ` and ${more.length} more` : ''} cannot be read`
  throw new GoalpostError('artifact-missing', message, { missing })
}

function isEmpty(result: TaskResult): boolean {
  return result.measures.length === 0 && result.artifacts.length === 0 && result.report === undefined
}
