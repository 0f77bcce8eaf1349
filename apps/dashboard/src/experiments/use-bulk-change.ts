import type { ExperimentSummary } from '@goalpost/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { explainError } from '../shell/explain-error.ts'
import type { Choice } from './use-choice.ts'

type ChangeOne = (experiment: ExperimentSummary) => Promise<unknown>

/** Changes all chosen experiments. Its data are the refusals, in words: the others are changed nevertheless. */
export function useBulkChange(choice: Choice) {
  const queries = useQueryClient()
  const { chosen } = choice
  return useMutation({
    mutationFn: async (change: ChangeOne) => {
      const outcomes = await Promise.allSettled(chosen.map(change))
      return outcomes.flatMap((outcome, index) =>
        outcome.status === 'rejected' ? [`${chosen[index]?.name}: ${explainError(outcome.reason)}`] : [],
      )
    },
    onSuccess: () => choice.clear(),
    onSettled: () => queries.invalidateQueries({ queryKey: ['experiments'] }),
  })
}
