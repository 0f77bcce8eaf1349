import type { Client } from '@goalpost/client'
import type { ExperimentView } from '@goalpost/contracts'
import { readTraining } from '@goalpost/report-view'
import { queryOptions } from '@tanstack/react-query'

/** Each is a request. */
const mostRuns = 60
const pollMs = 15_000

export type Trained = Pick<ExperimentView, 'id' | 'state' | 'runs'>

/** Curves of the trainings: read again while they go on, once more when they end, and when runs are added. */
export function trainingQuery(client: Pick<Client, 'series'>, experiment: Trained) {
  const { id, state, runs } = experiment
  const goesOn = state === 'waiting' || state === 'running'
  return queryOptions({
    queryKey: ['training', id, runs.length, goesOn],
    queryFn: () => readTraining(client, experiment, mostRuns),
    refetchInterval: goesOn ? pollMs : false,
    // The curves so far stay until the next are there; not those of another experiment.
    placeholderData: (previous, query) => (query?.queryKey[1] === id ? previous : undefined),
  })
}
