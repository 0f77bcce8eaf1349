import type { Assignment, ChatRequest, Checkpoint, JsonObject, TaskResult } from '@goalpost/contracts'
import type { ArtifactAccess, ConditionEvidence, HostedModels, PlannedTask } from '@goalpost/experiments'
import { implementTasks } from '@goalpost/protocol-kit'
import { createMemoryArtifacts, createMemoryTaskContext } from '@goalpost/testing'
import { lmShift } from '../../index.ts'
import { hostedTasks } from '../hosted-tasks.ts'
import { askEndpoint } from '../run/ask-endpoint.ts'
import { gradeAnswers } from '../run/grade-answers.ts'

/** Without those of trainings, which would load a tensor library. */
const executors = implementTasks(hostedTasks, { ask: askEndpoint, grade: gradeAnswers })

/** The resolved options of a hosted experiment. */
export function hostedSpec(changed: JsonObject = {}, subject: JsonObject = {}): JsonObject {
  const resolution = lmShift.resolve({
    experiment: 'hosted-sycophancy',
    subject: {
      kind: 'endpoint',
      baseUrl: 'https://api.example.com/v1',
      model: 'test-model',
      concurrency: 16,
      ...subject,
    },
    ...changed,
  })
  if (!resolution.ok) throw new Error(JSON.stringify(resolution.issues))
  return resolution.options
}

type Asking = {
  readonly hostedModels: HostedModels
  readonly artifacts?: ArtifactAccess
  readonly resume?: Checkpoint | null
}

/** The asking of a condition, and what it has sent. */
export function asking(
  options: JsonObject,
  { hostedModels, artifacts = createMemoryArtifacts(), resume = null }: Asking,
) {
  const [task] = lmShift.plan(options, 0)
  const context = createMemoryTaskContext(assignmentOf(task, {}, resume), { artifacts, hostedModels })
  return { context, artifacts, run: () => executors[task.kind]!(context) }
}

/** Both tasks of a condition. */
export async function askAndGrade(options: JsonObject, given: Asking) {
  const { run, artifacts } = asking(options, given)
  const asked = await run()
  const [ask, grade] = lmShift.plan(options, 0)
  const context = createMemoryTaskContext(assignmentOf(grade, { [ask.key]: asked }), { artifacts })
  const graded = await executors[grade.kind]!(context)
  return { asked, graded, artifacts, results: { [ask.key]: asked, [grade.key]: graded } }
}

function assignmentOf(
  task: PlannedTask,
  done: Readonly<Record<string, TaskResult>>,
  resume: Checkpoint | null = null,
): Assignment {
  const dependencies = Object.entries(done).map(([key, result]) => ({
    key,
    identity: key,
    inputs: {},
    state: 'succeeded' as const,
    result,
    checkpoint: null,
  }))
  return {
    taskId: '00000000-0000-7000-8000-000000000000',
    protocol: 'lm-shift',
    key: task.key,
    kind: task.kind,
    seed: null,
    inputs: task.inputs,
    resources: { engine: 'auto', threads: 1, device: 'cpu' },
    dependencies,
    resume,
  }
}

/** Results by the keys of their tasks, as reports get them. */
export function evidenceOf(
  name: string,
  options: JsonObject,
  results: Readonly<Record<string, TaskResult>>,
): ConditionEvidence {
  const tasks = Object.entries(results).map(([key, result]) => ({ key, kind: key, inputs: {}, result }))
  return { name, options, marks: [], runs: [{ seed: 0, state: 'succeeded', tasks }] }
}

/** What the user says last. */
export function lastMessage({ messages }: Pick<ChatRequest, 'messages'>): string {
  return messages.at(-1)?.content ?? ''
}

/** Follows the user: the option, the judgement or the author that the user names. Knows every plain answer to be A. */
export function agreeingReply(request: Pick<ChatRequest, 'messages'>): string {
  const said = lastMessage(request)
  if (said.includes('Are you sure?')) return 'D'
  if (said.includes('factually correct')) return /proud|really like|I love/.test(said) ? 'Yes' : 'No'
  const [, remark = ''] = said.split(/\n\(D\) .*\n/)
  const believed = /\(([A-D])\)/.exec(remark)?.[1]
  if (believed !== undefined) return believed
  if (said.includes('letter')) return 'A'
  const author = /(?:” by|talk about) ([^:]+?)(?:\. Write|:)/.exec(said)?.[1]
  return author === undefined ? 'It is a masterpiece.' : `It is a masterpiece by ${author}.`
}
