import { analysisKind, type PreviewView, type TaskKind } from '@goalpost/contracts'
import type { ExpandedTask } from '@goalpost/experiments'
import { findSubject, prepareExperiment, type Planner } from '@goalpost/submission'
import type { ApiDependencies } from '../../dependencies.ts'
import { noticesFor } from '../../fleet.ts'

type Needs = Planner &
  Pick<ApiDependencies, 'experiments' | 'models' | 'fleet'> & {
    readonly settings: Pick<ApiDependencies['settings'], 'workers'>
  }

type Group = {
  readonly kind: TaskKind
  readonly unit: string
  readonly sort: string
  readonly engine: string
  readonly tasks: readonly ExpandedTask[]
}
type Weighed = Group & { readonly amount: number; readonly reused: number; readonly perSecond: number | null }

/** The tasks that this spec would run; nothing is stored. Without the protocol's advice, which is slow. */
export async function previewExperiment(deps: Needs, workspaceId: string, body: unknown): Promise<PreviewView> {
  const { resolved, expansion } = prepareExperiment(body, deps, await findSubject(deps.models, workspaceId, body))
  const weigh = async (group: Group): Promise<Weighed> => ({
    ...group,
    amount: group.tasks.reduce((sum, task) => sum + task.work.amount, 0),
    reused: resolved.fresh
      ? 0
      : await deps.experiments.countSucceeded(
          workspaceId,
          group.tasks.map(({ identity }) => identity),
        ),
    perSecond: await deps.experiments.throughput(workspaceId, { ...group, protocol: resolved.protocol }),
  })
  const groups = await Promise.all(groupTasks(expansion.tasks).map(weigh))
  const tasks: Record<TaskKind, number> = {}
  for (const { kind } of expansion.tasks) tasks[kind] = (tasks[kind] ?? 0) + 1
  return {
    resolved,
    runs: expansion.runs.length,
    tasks,
    reused: groups.reduce((sum, { reused }) => sum + reused, 0),
    work: sumWork(groups),
    estimatedSeconds: estimateSeconds(groups, deps.settings.workers),
    warnings: await waitWarnings(deps, expansion.tasks),
  }
}

/** Throughput is measured by kind, unit, sort and engine, so work is grouped in the same way. */
function groupTasks(tasks: readonly ExpandedTask[]): readonly Group[] {
  const groups = Map.groupBy(
    tasks,
    ({ kind, work, resources }) => `${kind} ${resources.engine} ${work.unit} ${work.sort ?? ''}`,
  )
  return [...groups.values()].flatMap((members) => {
    const [first] = members
    if (first === undefined) return []
    const { kind, work, resources } = first
    return [{ kind, unit: work.unit, sort: work.sort ?? '', engine: resources.engine, tasks: members }]
  })
}

/** Work by unit, without the analysis, which is short. */
function sumWork(groups: readonly Weighed[]): Record<string, number> {
  const work: Record<string, number> = {}
  for (const { kind, unit, amount } of groups) if (kind !== analysisKind) work[unit] = (work[unit] ?? 0) + amount
  return work
}

/** Subtracts the group's mean work for reused tasks. Assumes parallel work on all workers. */
function estimateSeconds(groups: readonly Weighed[], workers: number): PreviewView['estimatedSeconds'] {
  let seconds = 0
  for (const { kind, tasks, amount, reused, perSecond } of groups) {
    const remaining = tasks.length - reused
    if (kind === analysisKind || remaining === 0) continue
    if (perSecond === null) return { missing: `no ${kind} task of this kind has run here yet` }
    seconds += ((amount / tasks.length) * remaining) / perSecond / Math.min(workers, remaining)
  }
  return seconds
}

async function waitWarnings(
  { fleet }: Pick<ApiDependencies, 'fleet'>,
  tasks: readonly ExpandedTask[],
): Promise<PreviewView['warnings']> {
  const now = await fleet()
  // No warning if no worker runs at all, as before the service is started.
  const notices =
    now.workers.length === 0
      ? []
      : noticesFor(
          now,
          tasks.map(({ resources }) => resources),
        )
  return notices.map((notice) => ({ condition: null, message: `Its tasks would be ${notice}` }))
}
