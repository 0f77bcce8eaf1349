import type { ExperimentView } from '@goalpost/contracts'

type ConditionSamples = {
  readonly condition: string
  /** Named by the seed, and by the task where a run has several. */
  readonly tasks: readonly { readonly id: string; readonly name: string }[]
}

/** The tasks that have succeeded and store samples, by condition; conditions without any are left out. */
export function sampleTasks(
  { runs }: Pick<ExperimentView, 'runs'>,
  kinds: readonly string[],
): readonly ConditionSamples[] {
  const conditions = Map.groupBy(runs, ({ condition }) => condition)
  return [...conditions].flatMap(([condition, own]) => {
    const tasks = own.flatMap((run) => tasksOf(run, kinds))
    return tasks.length === 0 ? [] : [{ condition, tasks }]
  })
}

function tasksOf({ seed, tasks }: ExperimentView['runs'][number], kinds: readonly string[]) {
  const storing = tasks.filter(({ kind, state }) => state === 'succeeded' && kinds.includes(kind))
  return storing.map(({ id, key }) => ({ id, name: storing.length > 1 ? `seed ${seed}, ${key}` : `seed ${seed}` }))
}
