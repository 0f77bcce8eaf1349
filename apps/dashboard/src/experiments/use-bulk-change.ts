import type { ExperimentSummary } from '@goalpost/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { explainError } from '../shell/explain-error.ts'
import { changeEach } from './change-each.ts'
import type { Choice } from './use-choice.ts'

/** Sends the change of one experiment. */
export type ChangeOne = (experiment: ExperimentSummary) => Promise<unknown>

/**
 * Changes all chosen experiments. Its data are the refusals, in words: the others are changed nevertheless. `progress`
 * says how many of them it is done with.
 */
export function useBulkChange(choice: Choice) {
  const queries = useQueryClient()
  const { chosen } = choice
  const [progress, setProgress] = useState({ finished: 0, all: 0 })
  const mutation = useMutation({
    mutationFn: async (change: ChangeOne) => {
      const onProgress = (finished: number): void => setProgress({ finished, all: chosen.length })
      onProgress(0)
      const refused = await changeEach(chosen, { change, onProgress })
      return refused.map(({ item, reason }) => `${item.name}: ${explainError(reason)}`)
    },
    onSuccess: () => choice.clear(),
    onSettled: () => queries.invalidateQueries({ queryKey: ['experiments'] }),
  })
  return { mutation, progress }
}
