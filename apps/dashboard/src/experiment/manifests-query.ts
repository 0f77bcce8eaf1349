import type { Client } from '@goalpost/client'
import type { ExperimentView } from '@goalpost/contracts'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'

type Computed = Pick<ExperimentView, 'id' | 'runs' | 'sharedTasks'>

/** With what the tasks of an experiment were computed, read again when more have succeeded. */
export function manifestsQuery(client: Client, experiment: Computed) {
  const { id } = experiment
  return queryOptions({
    queryKey: ['manifests', id, succeededTasks(experiment)],
    queryFn: () => client.manifests(id),
    placeholderData: keepPreviousData,
  })
}

/** Only they have manifests: progress of the others gives no reason to read them again. */
function succeededTasks({ runs, sharedTasks }: Computed): string[] {
  const tasks = [...runs.flatMap((run) => run.tasks), ...sharedTasks]
  return [...new Set(tasks.flatMap(({ id, state }) => (state === 'succeeded' ? [id] : [])))].toSorted()
}
