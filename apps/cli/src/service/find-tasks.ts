import type { ExperimentView, RunView, TaskSummary } from '@goalpost/contracts'
import { GoalpostError } from '@goalpost/contracts'
import { resolveBeginning, resolveExperiment } from './resolve-id.ts'
import type { ServiceApi } from './service-api.ts'

export type NamedTask = { readonly name: string; readonly taskId: string }

/** Of a whole experiment also its id. */
export type TaskSource = { readonly experiment: string | null; readonly tasks: readonly NamedTask[] }

export async function findTasks(api: ServiceApi, reference: string): Promise<readonly NamedTask[]> {
  return (await findTaskSource(api, reference)).tasks
}

/**
 * The tasks of an experiment, `EXPERIMENT:CONDITION`, `EXPERIMENT:CONDITION/SEED`, a run or a task. Ids of tasks, runs
 * and experiments look alike, so each is tried in turn.
 */
export async function findTaskSource(api: ServiceApi, reference: string): Promise<TaskSource> {
  const part = (tasks: readonly NamedTask[]): TaskSource => ({ experiment: null, tasks })
  const { found, refusals } = await firstFound([
    async () => sourceOfExperiment(await api.experiment(await resolveExperiment(api, reference))),
    async () => part(await tasksOfPart(api, await resolveBeginning(api, reference))),
    async () => part(tasksOfRun(await api.run(reference))),
    async () => part([{ name: (await api.task(reference)).key, taskId: reference }]),
  ])
  if (found !== null) return found
  // Ids have no separators, so it was meant as a part of an experiment.
  const [, ofPart] = refusals
  if (ofPart !== undefined && /[:/]/.test(reference)) throw ofPart
  throw new GoalpostError('not-found', `There is no task, run or experiment ${JSON.stringify(reference)}`)
}

/** `ID:CONDITION`, `ID:CONDITION/SEED` or `ID:/SEED`; a condition's name may hold slashes itself. */
async function tasksOfPart(api: ServiceApi, text: string): Promise<NamedTask[]> {
  const [id = '', ...rest] = text.split(':')
  const part = rest.join(':')
  const { runs } = await api.experiment(id)
  const chosen = runs.filter(({ condition, seed }) => [condition, `${condition}/${seed}`, `/${seed}`].includes(part))
  if (chosen.length > 0) return chosen.flatMap(tasksOfRun)
  const known = [...new Set(runs.map(({ condition }) => condition))]
  throw new GoalpostError('not-found', `The experiment has no condition ${JSON.stringify(part)}: ${known.join('; ')}`)
}

async function firstFound<Result>(
  attempts: readonly (() => Promise<Result>)[],
): Promise<{ readonly found: Result | null; readonly refusals: readonly GoalpostError[] }> {
  const refusals: GoalpostError[] = []
  for (const attempt of attempts) {
    try {
      return { found: await attempt(), refusals }
    } catch (error) {
      if (!(error instanceof GoalpostError) || !['not-found', 'invalid-request'].includes(error.code)) throw error
      refusals.push(error)
    }
  }
  return { found: null, refusals }
}

function sourceOfExperiment(experiment: ExperimentView): TaskSource {
  return { experiment: experiment.id, tasks: tasksOfExperiment(experiment) }
}

function tasksOfExperiment({ runs, sharedTasks }: ExperimentView): NamedTask[] {
  const tasks = [...runs.flatMap(tasksOfRun), ...sharedTasks.map(nameTask)]
  // A shared task is named after its first run.
  return [...new Map(tasks.toReversed().map((task) => [task.taskId, task])).values()].toReversed()
}

function tasksOfRun(run: RunView): NamedTask[] {
  return run.tasks.map((task) => ({ name: `${run.condition} seed ${run.seed} ${task.key}`, taskId: task.id }))
}

function nameTask({ id, key }: TaskSummary): NamedTask {
  return { name: key, taskId: id }
}
