import type { PreviewView, ResolvedCondition, TaskKind } from '@goalpost/contracts'
import type { ExpandedTask } from '@goalpost/experiments'
import type { ApiDependencies } from '../../dependencies.ts'
import { noticesFor } from '../../fleet.ts'
import { toGoalpostError } from '../../server/problems.ts'
import { prepareExperiment } from './prepare-experiment.ts'

type Group = {
  readonly kind: TaskKind
  readonly unit: string
  readonly engine: string
  readonly tasks: readonly ExpandedTask[]
}
type Weighed = Group & { readonly amount: number; readonly reused: number; readonly perSecond: number | null }

/** What would happen if this spec were submitted; nothing is stored. */
export async function previewExperiment(
  deps: ApiDependencies,
  workspaceId: string,
  body: unknown,
): Promise<PreviewView> {
  const { resolved, expansion } = prepareExperiment(body, deps)
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
  const warnings = await Promise.all(
    resolved.conditions.map((condition) => warningsFor(deps, resolved.protocol, condition)),
  )
  const tasks: Record<TaskKind, number> = { train: 0, evaluate: 0, analyse: 0 }
  for (const { kind } of expansion.tasks) tasks[kind] += 1
  return {
    resolved,
    runs: expansion.runs.length,
    tasks,
    reused: groups.reduce((sum, { reused }) => sum + reused, 0),
    work: sumWork(groups),
    estimatedSeconds: estimateSeconds(groups, deps.settings.workers),
    warnings: [...(await waitWarnings(deps, expansion.tasks)), ...warnings.flat()],
  }
}

/** Throughput is measured by kind, unit and engine, so work is grouped in the same way. */
function groupTasks(tasks: readonly ExpandedTask[]): readonly Group[] {
  const groups = Map.groupBy(tasks, ({ kind, work, resources }) => `${kind} ${resources.engine} ${work.unit}`)
  return [...groups.values()].flatMap((members) => {
    const [first] = members
    if (first === undefined) return []
    const { kind, work, resources } = first
    return [{ kind, unit: work.unit, engine: resources.engine, tasks: members }]
  })
}

/** Work by unit, the analysis left out: it takes a moment, and its unit says nothing to anybody. */
function sumWork(groups: readonly Weighed[]): Record<string, number> {
  const work: Record<string, number> = {}
  for (const { kind, unit, amount } of groups) if (kind !== 'analyse') work[unit] = (work[unit] ?? 0) + amount
  return work
}

/** Of tasks that are reused, the group's mean work is taken off. Parallel as far as there are workers and tasks. */
function estimateSeconds(groups: readonly Weighed[], workers: number): PreviewView['estimatedSeconds'] {
  let seconds = 0
  for (const { kind, tasks, amount, reused, perSecond } of groups) {
    const remaining = tasks.length - reused
    if (kind === 'analyse' || remaining === 0) continue
    if (perSecond === null) return { missing: `nothing like the ${kind} tasks of this spec has been run here yet` }
    seconds += ((amount / tasks.length) * remaining) / perSecond / Math.min(workers, remaining)
  }
  return seconds
}

async function waitWarnings(
  { fleet }: ApiDependencies,
  tasks: readonly ExpandedTask[],
): Promise<PreviewView['warnings']> {
  const now = await fleet()
  // Where nothing runs at all, as before the service is started or scaled up, that is plain without a warning.
  const notices =
    now.workers.length === 0
      ? []
      : noticesFor(
          now,
          tasks.map(({ resources }) => resources),
        )
  return notices.map((notice) => ({ condition: null, message: `Tasks of it would be ${notice}` }))
}

/** A preview without its warnings is better than none. */
async function warningsFor(
  { compute, logger, settings }: ApiDependencies,
  protocol: string,
  { name, options }: Pick<ResolvedCondition, 'name' | 'options'>,
): Promise<PreviewView['warnings']> {
  try {
    const messages = await compute.run(protocol, { type: 'advise', options })
    return messages.map((message) => ({ condition: name, message }))
  } catch (error) {
    const { code } = toGoalpostError(error, settings.bodyLimitBytes)
    if (code !== 'compute-timeout') logger.error({ err: error, condition: name }, 'advice failed')
    const reason = code === 'compute-timeout' ? 'took too long' : 'failed'
    return [{ condition: name, message: `What this condition would be warned of is not known: the check ${reason}` }]
  }
}
