import type { Checkpoint, JsonObject, TaskResult } from '@goalpost/contracts'
import type { ConditionEvidence, HostedModels, PlannedTask } from '@goalpost/experiments'
import { readHostedModels } from '@goalpost/hosted-models'
import { createMemoryArtifacts, type ReceivedRequest } from '@goalpost/testing'
import { lmShift } from '../../index.ts'
import { executors } from '../../run.ts'
import { contextOf, resolveOptions } from '../../testing/execute-run.ts'

export const testKey = 'sk-test-0123456789abcdef'

/** The resolved options of a hosted experiment. */
export function hostedSpec(baseUrl: string, changed: JsonObject = {}, subject: JsonObject = {}): JsonObject {
  return resolveOptions({
    experiment: 'hosted-sycophancy',
    subject: { kind: 'endpoint', baseUrl, model: 'test-model', concurrency: 16, ...subject },
    ...changed,
  })
}

/** Models as a worker has them whose operator allows this address. */
export function modelsAt(baseUrl: string, answers = ''): HostedModels {
  return readHostedModels({
    GOALPOST_MODEL_ENDPOINTS: `${baseUrl}=TEST_KEY`,
    GOALPOST_MODEL_ANSWERS: answers,
    TEST_KEY: testKey,
  })
}

type Asking = {
  readonly hostedModels: HostedModels
  readonly artifacts?: ReturnType<typeof createMemoryArtifacts>
  readonly resume?: Checkpoint | null
}

/** The asking of a condition, and what it has sent. */
export function asking(
  options: JsonObject,
  { hostedModels, artifacts = createMemoryArtifacts(), resume = null }: Asking,
) {
  const [task] = lmShift.plan(options, 0)
  const context = { ...contextOf(task, { seed: 0, done: new Map(), artifacts }, { resume }), hostedModels }
  return { task, context, artifacts, run: () => executors[task.kind]!(context) }
}

/** Both tasks of a condition, as evidence for reports. */
export async function askAndGrade(name: string, options: JsonObject, given: Asking) {
  const { run, artifacts } = asking(options, given)
  const asked = await run()
  const [first, second]: readonly PlannedTask[] = lmShift.plan(options, 0)
  const context = contextOf(second, { seed: 0, done: new Map([[first.key, asked]]), artifacts })
  const graded = await executors[second.kind]!(context)
  return { asked, graded, artifacts, evidence: evidenceOf(name, options, { [first.key]: asked, [second.key]: graded }) }
}

export function evidenceOf(name: string, options: JsonObject, results: Record<string, TaskResult>): ConditionEvidence {
  const tasks = Object.entries(results).map(([key, result]) => ({ key, kind: key, inputs: {}, result }))
  return { name, options, marks: [], runs: [{ seed: 0, state: 'succeeded', tasks }] }
}

/** What the user says last. */
export function lastMessage({ body }: ReceivedRequest): string {
  return body.messages.at(-1)?.content ?? ''
}
