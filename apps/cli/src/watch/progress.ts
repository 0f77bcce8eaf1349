import {
  measureSearch,
  type ExperimentView,
  type Progress,
  type RunState,
  type RunView,
  type TaskSummary,
} from '@goalpost/contracts'

/**
 * The phase of a run: `trained` waits for its evaluations, `shared` for a task that other runs need too.
 */
export type RunPhase = Exclude<RunState, 'running'> | 'working' | 'trained' | 'shared'

/** The progress of one run. */
export type RunProgress = {
  readonly condition: string
  readonly seed: number
  readonly phase: RunPhase
  /** From 0 to 1. */
  readonly share: number
  /** The running task. */
  readonly current: { readonly key: string; readonly progress: Progress | null } | null
}

export type ExperimentProgress = {
  readonly name: string
  readonly state: ExperimentView['state']
  /** From 0 to 1, over all runs. */
  readonly share: number
  readonly runs: readonly RunProgress[]
  /** Running tasks that belong to no single run. */
  readonly shared: readonly string[]
  readonly reused: number
  readonly tasks: number
  /** What the experiment is waiting for. */
  readonly notices: readonly string[]
  /** Tasks that have not succeeded after this many attempts. */
  readonly troubled: { readonly tasks: number; readonly attempts: number } | null
}

/** A single lost worker is normal. */
const manyAttempts = 3

/** Estimated relative durations of task kinds, so that bars move evenly. */
const weights: ReadonlyMap<TaskSummary['kind'], number> = new Map([
  ['train', 5],
  ['analyse', 0.5],
])
const weightOf = ({ kind }: TaskSummary) => weights.get(kind) ?? 1

type Watched = Pick<ExperimentView, 'name' | 'state' | 'runs' | 'sharedTasks' | 'notices'> & {
  readonly resolved?: Pick<ExperimentView['resolved'], 'search'>
}

export function summariseProgress(view: Watched): ExperimentProgress {
  const tasks = [
    ...new Map([...view.runs.flatMap((run) => run.tasks), ...view.sharedTasks].map((task) => [task.id, task])).values(),
  ]
  const needed = idsOfSharedTasks(view)
  return {
    name: view.name,
    state: view.state,
    notices: view.notices,
    share: view.state === 'succeeded' ? 1 : shareOf(tasks) * plannedShare(view),
    runs: view.runs.map((run) => summariseRun(run, needed)),
    shared: view.sharedTasks.filter(({ state }) => state === 'running').map(({ key }) => key),
    reused: tasks.filter(({ reused }) => reused).length,
    tasks: tasks.length,
    troubled: findTrouble(tasks),
  }
}

/** Of the most values that an open search may try, those that are planned: with each round there are more. */
function plannedShare({ resolved }: Watched): number {
  if (resolved?.search === undefined || resolved.search.ended) return 1
  const { values, most } = measureSearch(resolved.search)
  return values / most
}

function findTrouble(tasks: readonly TaskSummary[]): ExperimentProgress['troubled'] {
  const troubled = tasks.filter(
    ({ state, attempts }) => attempts >= manyAttempts && state !== 'succeeded' && state !== 'cancelled',
  )
  if (troubled.length === 0) return null
  return { tasks: troubled.length, attempts: Math.max(...troubled.map(({ attempts }) => attempts)) }
}

/** Tasks listed by more than one run. */
function idsOfSharedTasks({ runs }: Watched): ReadonlySet<string> {
  const seen = new Set<string>()
  const again = new Set<string>()
  for (const { tasks } of runs) {
    for (const id of new Set(tasks.map((task) => task.id))) (seen.has(id) ? again : seen).add(id)
  }
  return again
}

function summariseRun(run: RunView, shared: ReadonlySet<string>): RunProgress {
  const working = run.tasks.filter(({ state }) => state === 'running').toSorted((a, b) => remaining(b) - remaining(a))
  const own = working.find(({ id }) => !shared.has(id))
  const current = own ?? working[0]
  return {
    condition: run.condition,
    seed: run.seed,
    phase: phaseOf(run, own !== undefined ? 'own' : current !== undefined ? 'shared' : 'none'),
    share: run.state === 'succeeded' ? 1 : shareOf(run.tasks),
    current: current === undefined ? null : { key: current.key, progress: current.progress },
  }
}

/** The API calls a run between two tasks running; here it is shown as waiting. */
function phaseOf({ state, tasks }: RunView, atWork: 'own' | 'shared' | 'none'): RunPhase {
  if (state !== 'running' && state !== 'waiting') return state
  if (atWork === 'own') return 'working'
  const trainings = tasks.filter(({ kind }) => kind === 'train')
  if (trainings.length > 0 && trainings.every((task) => task.state === 'succeeded')) return 'trained'
  return atWork === 'shared' ? 'shared' : 'waiting'
}

/** The running task with the most work left determines how long the run takes. */
function remaining({ progress }: TaskSummary): number {
  return progress === null ? 0 : progress.total - progress.done
}

function taskShare({ state, progress }: TaskSummary): number {
  if (state === 'succeeded') return 1
  return progress === null ? 0 : Math.min(1, progress.done / progress.total)
}

function shareOf(tasks: readonly TaskSummary[]): number {
  const total = tasks.reduce((sum, task) => sum + weightOf(task), 0)
  return total === 0 ? 0 : tasks.reduce((sum, task) => sum + weightOf(task) * taskShare(task), 0) / total
}
