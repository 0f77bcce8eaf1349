import type { Client } from '@goalpost/client'
import type { ExperimentView } from '@goalpost/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { isOpen } from '../design/is-open.ts'
import { actionsFor, actionTitles } from '../experiments/possible-actions.ts'
import { useMay, useSession } from '../session/session.ts'
import { explainError } from '../shell/explain-error.ts'
import { PriorityForm } from './priority-form.tsx'

type Change = (client: Client) => Promise<ExperimentView>

/** Only what this state allows and this key may do. */
export function ExperimentActions({ experiment }: { readonly experiment: ExperimentView }) {
  const { client } = useSession()
  const queries = useQueryClient()
  const { id, priority } = experiment
  const change = useMutation({
    mutationFn: (make: Change) => make(client),
    onSuccess: (view) => queries.setQueryData(['experiment', id], view),
  })
  if (!useMay('manage')) return null
  return (
    <div className="actions" role="group" aria-label="Change this experiment">
      {actionsFor([experiment]).map((action) => (
        <button
          // One button for both, so that it keeps the focus.
          key={action === 'resume' ? 'pause' : action}
          type="button"
          aria-disabled={change.isPending}
          onClick={() => change.isPending || change.mutate((api) => api[action](id))}
        >
          {actionTitles[action]}
        </button>
      ))}
      {isOpen(experiment) && (
        <PriorityForm
          priority={priority}
          isPending={change.isPending}
          onChange={(next, done) => change.mutate((api) => api.setPriority(id, next), { onSuccess: done })}
        />
      )}
      {change.isError && (
        <span role="alert" className="problem">
          {explainError(change.error)}
        </span>
      )}
    </div>
  )
}
