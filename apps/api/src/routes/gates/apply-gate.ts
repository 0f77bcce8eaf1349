import {
  GoalpostError,
  gateSpec,
  type GateSpec,
  type InputIssue,
  type JsonObject,
  type ResolvedSpec,
  type ResolvedSubject,
} from '@goalpost/contracts'
import { checkTiming, type Actor, type Protocol } from '@goalpost/experiments'
import { checkGate } from '@goalpost/gates'
import { invalidSpec, prepareExperiment, requireFiles, type Planner } from '@goalpost/submission'
import type { ApiDependencies } from '../../dependencies.ts'
import { requireFit } from '../../server/validation.ts'
import { checkRules } from './check-rules.ts'

type Needs = Planner & Pick<ApiDependencies, 'experiments' | 'models' | 'gates' | 'now'>

/**
 * Checks all that can be known before a run, so that a gate does not fail at night.
 * @throws GoalpostError `invalid-request` or `invalid-spec` with the issues by field.
 */
export async function applyGate(
  deps: Needs,
  workspaceId: string,
  { name, body, actor }: { readonly name: string; readonly body: unknown; readonly actor: Actor },
): Promise<{ created: boolean; changed: boolean }> {
  const spec = requireFit(gateSpec, body)
  const issues = [...checkName(spec, name), ...checkGate(spec), ...checkSchedules(spec, new Date(deps.now()))]
  if (issues.length > 0) throw invalidSpec(issues)
  issues.push(...(await checkBaselines(deps, workspaceId, spec)), ...(await checkSpec(deps, workspaceId, spec)))
  if (issues.length > 0) throw invalidSpec(issues)
  return deps.gates.apply(workspaceId, spec, actor)
}

function checkName({ name: own }: GateSpec, name: string): InputIssue[] {
  return own === name ? [] : [{ pointer: '/name', message: `must be the name in the address, \`${name}\`` }]
}

function checkSchedules({ triggers }: GateSpec, now: Date): InputIssue[] {
  return triggers.flatMap((trigger, index) =>
    trigger.on === 'schedule'
      ? checkTiming({ ...trigger, jitterSeconds: 0 }, now).map((issue) => ({
          ...issue,
          pointer: `/triggers/${index}${issue.pointer}`,
        }))
      : [],
  )
}

/** An alias may come later; numbers and runs do not. */
async function checkBaselines(
  { models, gates }: Needs,
  workspaceId: string,
  { model, rules }: GateSpec,
): Promise<InputIssue[]> {
  const issues: InputIssue[] = []
  for (const [index, rule] of rules.entries()) {
    if (rule.kind !== 'baseline') continue
    const pointer = `/rules/${index}/against`
    const { against } = rule
    if ('version' in against && (await models.version({ workspaceId, model, version: against.version })) === null)
      issues.push({ pointer: `${pointer}/version`, message: `the model ${model} has no version ${against.version}` })
    if ('gateRun' in against && (await gates.modelOfRun(workspaceId, against.gateRun)) !== model)
      issues.push({ pointer: `${pointer}/gateRun`, message: `there is no gate run ${against.gateRun} of ${model}` })
  }
  return issues
}

/** Stands for the version of a run, whose file is unknown now. */
const anyVersion: Omit<ResolvedSubject, 'model'> = { version: 1, hash: '0'.repeat(64) }

/** The experiment, with the rules that refer to it. */
async function checkSpec(deps: Needs, workspaceId: string, gate: GateSpec): Promise<InputIssue[]> {
  const subject = { model: gate.model, ...anyVersion }
  const sent: JsonObject = { ...gate.spec, subject: { model: gate.model, version: anyVersion.version } }
  try {
    const { resolved, expansion } = prepareExperiment(sent, deps, subject)
    const tasks = expansion.tasks.map((task) => withoutFile(task, subject.hash))
    await requireFiles(deps.experiments, workspaceId, { expansion: { ...expansion, tasks }, sent })
    return checkRules(gate, resolved, protocolOf(resolved, deps.protocols))
  } catch (error) {
    if (!(error instanceof GoalpostError) || error.issues.length === 0) throw error
    return error.issues.map((issue) => ({ ...issue, pointer: `/spec${issue.pointer}` }))
  }
}

function withoutFile<Task extends { readonly files?: readonly string[] }>(task: Task, hash: string): Task {
  return task.files === undefined ? task : { ...task, files: task.files.filter((file) => file !== hash) }
}

function protocolOf({ protocol: name }: ResolvedSpec, protocols: ReadonlyMap<string, Protocol>): Protocol {
  const protocol = protocols.get(name)
  if (protocol === undefined) throw new Error(`Unknown protocol ${name}`)
  return protocol
}
