import type { Client } from '@goalpost/client'
import type { ExperimentView } from '@goalpost/contracts'
import { queryOptions } from '@tanstack/react-query'

const maxRuns = 60
const pollMs = 15_000

export type Trained = Pick<ExperimentView, 'id' | 'state' | 'runs'>

/** Curves of the trainings: read again while they go on, once more when they end, and when runs are added. */
export function trainingQuery(client: Pick<Client, 'training'>, experiment: Trained) {
  const { id, state, runs } = experiment
  const goesOn = state === 'waiting' || state === 'running'
  return queryOptions({
    queryKey: ['training', id, runs.length, goesOn],
    queryFn: () => client.training(id, { maxRuns }),
    refetchInterval: goesOn ? pollMs : false,
    // The curves so far stay until the next are there; not those of another experiment.
    placeholderData: (previous, query) => (query?.queryKey[1] === id ? previous : undefined),
  })
}
