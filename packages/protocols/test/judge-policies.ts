import { createHash } from 'node:crypto'
import type { JsonObject, Report, TaskResult, VerdictPart } from '@goalpost/contracts'
import { canonicalJson, type Evidence, type PlannedTask } from '@goalpost/experiments'
import { createStream } from '@goalpost/random'
import { createMemoryArtifacts, createMemoryTaskContext } from '@goalpost/testing'
import { rlShift } from '../src/rl-shift/index.ts'
import { executors } from '../src/rl-shift/run.ts'
import { evaluateSuites, type PlayedPolicy } from '../src/rl-shift/run/evaluate.ts'
import type { ScriptedPolicy, ScriptedWorld } from './scripted/scripted-policy.ts'
import { evaluateTask } from '../src/rl-shift/evaluate-task.ts'
import { referenceTask } from '../src/worlds/references/reference-task.ts'

export type Judged = {
  /** Options as a user would write them. */
  readonly options: JsonObject
  /** Replaces the policy that each seed would have trained; absent if options name files. */
  readonly policies?: (seed: number) => ScriptedPolicy
  readonly seeds: readonly number[]
}

export type Judgement = {
  readonly cards: readonly VerdictPart[]
  readonly report: Report
  /** What both are made from. */
  readonly evidence: Evidence
}

const artifacts = createMemoryArtifacts()
/** Stores a file like a user's upload; returns its hash. */
export async function upload(bytes: Uint8Array): Promise<string> {
  return (await artifacts.write({ name: 'policy.onnx', bytes, mediaType: 'application/onnx' })).hash
}

/** References depend only on their inputs: many policies in one world share them. */
const references = new Map<string, Promise<TaskResult>>()

/**
 * Judges scripted policies like a finished experiment: the plan, the references, the evaluation of the last checkpoint,
 * their files and the report are real. Only the training is missing.
 */
export async function judge({ options, policies, seeds }: Judged): Promise<Judgement> {
  const resolution = rlShift.resolve(options)
  if (!resolution.ok) throw new Error(JSON.stringify(resolution.issues))
  const runs = []
  for (const seed of seeds) {
    const plan = rlShift.plan(resolution.options, seed)
    const last = plan.findLast(({ key }) => key.startsWith('evaluate@'))
    const tasks = []
    for (const task of plan)
      tasks.push({ ...task, result: await resultOf(task, task === last ? (policies?.(seed) ?? 'real') : null) })
    runs.push({
      seed,
      state: 'succeeded' as const,
      tasks: tasks.map(({ key, kind, inputs, result }) => ({ key, kind, inputs, result })),
    })
  }
  const conditions = [{ name: 'scripted', options: resolution.options, marks: [], runs }]
  const evidence: Evidence = { experiment: 'scripted', conditions, artifacts: artifacts.blobs }
  const report = rlShift.report(evidence)
  return { cards: report.parts.filter((part): part is VerdictPart => part.type === 'verdict'), report, evidence }
}

/** Null if it needs a training first. */
async function resultOf(task: PlannedTask, policy: ScriptedPolicy | 'real' | null): Promise<TaskResult | null> {
  if (policy === 'real') return executors.evaluate!(contextOf(task))
  if (policy !== null) return evaluate(task, policy)
  if (task.kind !== referenceTask.kind) return null
  const key = canonicalJson(task.inputs)
  const result = references.get(key) ?? executors[task.kind]!(contextOf(task))
  references.set(key, result)
  return result
}

function evaluate(task: PlannedTask, policy: ScriptedPolicy): Promise<TaskResult> {
  return evaluateSuites({
    context: contextOf(task),
    inputs: evaluateTask.parse(task.inputs),
    choose: (_acting, { environment, world }, simulator) =>
      play({ environment, parameters: world.parameters, simulator }, policy),
    hash: createHash('sha256').update(task.key).digest('hex'),
    uniform: createStream(task.seed ?? 0).named('evaluation'),
    played() {},
  })
}

/** A scripted action counts as certain; standing still counts as the first action. */
function play(world: ScriptedWorld, policy: ScriptedPolicy): PlayedPolicy {
  const inner = policy(world)
  let last: Uint8Array = new Uint8Array(world.simulator.batch)
  return {
    begin: (slot, level) => inner.begin?.(slot, level),
    async act(observations, actions, uniform) {
      await inner.act(observations, actions, uniform)
      last = actions
    },
    distribution(slot, into) {
      into.fill(0)
      into[last[slot]! < into.length ? last[slot]! : 0] = 1
    },
  }
}

function contextOf({ key, kind, seed, inputs }: PlannedTask) {
  const resources = { engine: 'auto', threads: 1, device: 'cpu' } as const
  const taskId = '01900000-0000-7000-8000-000000000000'
  const assignment = {
    taskId,
    protocol: 'rl-shift',
    key,
    kind,
    seed,
    inputs,
    resources,
    resume: null,
    dependencies: [],
  }
  return createMemoryTaskContext(assignment, { artifacts })
}
