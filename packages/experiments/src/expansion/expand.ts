import { analysisKind, noEngine, type ResolvedSpec, type Resources } from '@goalpost/contracts'
import { taskIdentity } from '../identity.ts'
import type { EngineIdentity, PlannedTask, Protocol } from '../ports/protocol.ts'
import { analysisInputs, analysisKey } from './analysis.ts'
import type { ExpandedRun, ExpandedTask, Expansion } from './expansion.ts'

/** Tasks without tensors run on any worker and never on a GPU. */
const anyWorker: Resources = { engine: noEngine, threads: 1, device: 'cpu' }

type Setting = {
  readonly protocol: Protocol
  readonly engine: EngineIdentity
  readonly resources: Resources
}

/**
 * Expands a resolved spec into runs and tasks; tasks of equal identity become one. Throws if the protocol is
 * unknown or its plan is not a DAG: that is a program's fault, not the spec's.
 */
export function expand(
  resolved: ResolvedSpec,
  protocols: ReadonlyMap<string, Protocol>,
  engine: EngineIdentity,
): Expansion {
  const protocol = protocols.get(resolved.protocol)
  if (protocol === undefined) throw new Error(`Unknown protocol ${resolved.protocol}`)
  const resources = { ...resolved.resources, engine: engine.name, threads: engine.threads }
  const setting: Setting = { protocol, engine, resources }
  const tasks = new Map<string, ExpandedTask>()
  const runs: ExpandedRun[] = []
  for (const condition of resolved.conditions) {
    for (const seed of resolved.seeds) {
      const expanded = expandRun(protocol.plan(condition.options, seed), setting)
      for (const task of expanded) if (!tasks.has(task.identity)) tasks.set(task.identity, task)
      runs.push({ condition: condition.name, seed, tasks: expanded.map(({ key, identity }) => ({ key, identity })) })
    }
  }
  if (resolved.search?.ended === false) return { runs, tasks: [...tasks.values()], analysis: null }
  const analysis = analysisTask(resolved, { setting, runs, tasks: [...tasks.values()] })
  return { runs, tasks: [...tasks.values(), analysis], analysis: analysis.identity }
}

function expandRun(planned: readonly PlannedTask[], setting: Setting): ExpandedTask[] {
  const identities = new Map<string, string>()
  return inOrder(planned).map((task) => {
    const needs = task.needs.map(({ key, when }) => ({ key, when, identity: identities.get(key) ?? '' }))
    const { key, kind, identityKind, inputs, seed, versions, files, work, rank } = task
    if (kind === analysisKind)
      throw new Error(`The plan has a task ${key} of the kind ${analysisKind}, which a plan may not contain`)
    const short = task.short === true
    const { protocol } = setting
    const engine = { ...setting.engine, device: setting.resources.device }
    const resources = task.withoutEngine === true ? anyWorker : setting.resources
    const identity = taskIdentity({ protocol, kind: identityKind ?? kind, inputs, versions, seed, engine, needs })
    identities.set(key, identity)
    const expanded = { identity, key, kind, protocol: protocol.name, seed, inputs, resources, needs, work, short, rank }
    return {
      ...expanded,
      ...(files === undefined ? {} : { files }),
      ...(identityKind === undefined ? {} : { identityKind }),
    }
  })
}

/** Topological order, otherwise as planned. Throws on duplicate keys, unknown needs, and cycles. */
function inOrder(planned: readonly PlannedTask[]): PlannedTask[] {
  const byKey = new Map(planned.map((task) => [task.key, task]))
  if (byKey.size !== planned.length) throw new Error('A plan has two tasks with one key')
  const ordered: PlannedTask[] = []
  const marks = new Map<string, 'open' | 'done'>()
  const visit = (task: PlannedTask): void => {
    const mark = marks.get(task.key)
    if (mark === 'done') return
    if (mark === 'open') throw new Error(`The task ${task.key} depends on itself`)
    marks.set(task.key, 'open')
    if (new Set(task.needs.map(({ key }) => key)).size < task.needs.length)
      throw new Error(`The task ${task.key} has a duplicate dependency`)
    for (const { key } of task.needs) {
      const needed = byKey.get(key)
      if (needed === undefined) throw new Error(`The task ${task.key} needs ${key}, which is not in the plan`)
      visit(needed)
    }
    marks.set(task.key, 'done')
    ordered.push(task)
  }
  planned.forEach(visit)
  return ordered
}

type Expanded = {
  readonly setting: Setting
  readonly runs: readonly ExpandedRun[]
  readonly tasks: readonly ExpandedTask[]
}

/** Needs everything settled rather than succeeded: a partial report is better than none. */
function analysisTask(resolved: ResolvedSpec, { setting, runs, tasks }: Expanded): ExpandedTask {
  const inputs = analysisInputs(
    resolved,
    runs,
    new Map(tasks.map(({ identity, kind, identityKind }) => [identity, identityKind ?? kind])),
  )
  const needs = tasks.map(({ identity }) => ({ key: identity, identity, when: { on: 'settled' } as const }))
  const { protocol } = setting
  const versions: Record<string, string> =
    protocol.reportVersion === undefined ? {} : { report: protocol.reportVersion }
  // No engine: the report reads results, whose identities name their engine.
  const identity = taskIdentity({ protocol, kind: analysisKind, inputs, versions, seed: null, engine: null, needs })
  return {
    identity,
    key: analysisKey,
    kind: analysisKind,
    protocol: protocol.name,
    seed: null,
    inputs,
    resources: anyWorker,
    needs,
    work: { unit: 'runs', amount: runs.length },
    short: true,
    rank: 0,
  }
}
