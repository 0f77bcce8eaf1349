import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ConfirmButton } from '../design/confirm-button.tsx'
import { useMay, useSession } from '../session/session.ts'
import { explainError } from '../shell/explain-error.ts'
import { QueryProblem } from '../shell/query-problem.tsx'
import type { ExperimentFilter } from './experiment-filter.ts'
import { SaveViewForm } from './save-view-form.tsx'
import { isSameView, savedBy, savedOf, viewOf } from './saved-view.ts'
import { useMayChangeView } from './use-may-change-view.ts'

type Props = { readonly filter: ExperimentFilter; readonly onChange: (filter: ExperimentFilter) => void }

const queryKey = ['filters']

/** Filters that the workspace has given a name. */
export function SavedViews({ filter, onChange }: Props) {
  const { client } = useSession()
  const queries = useQueryClient()
  const maySave = useMay('submit')
  const mayChange = useMayChangeView()
  const saved = useQuery({ queryKey, queryFn: () => client.filters() })
  const change = useMutation({
    mutationFn: (make: () => Promise<unknown>) => make(),
    onSuccess: () => queries.invalidateQueries({ queryKey }),
  })
  const views = saved.data?.items ?? []
  const shown = views.find((view) => isSameView(viewOf(view), filter))
  const isFiltered = Object.keys(savedOf(filter)).length > 0
  if (saved.data === undefined) return <QueryProblem of={saved} what="The saved views" />
  if (views.length === 0 && !(maySave && isFiltered)) return null
  return (
    <div className="saved-views" role="group" aria-label="Saved views">
      {views.map((view) => (
        <button
          key={view.name}
          type="button"
          className="chip-button"
          aria-pressed={view.name === shown?.name}
          title={savedBy(view)}
          onClick={() => onChange({ ...viewOf(view), ...(filter.sort === undefined ? {} : { sort: filter.sort }) })}
        >
          {view.name}
        </button>
      ))}
      {maySave && isFiltered && shown === undefined && (
        <SaveViewForm
          views={views}
          isPending={change.isPending}
          onSave={(name) => change.mutate(() => client.saveFilter(name, savedOf(filter)))}
        />
      )}
      {shown !== undefined && mayChange(shown) && (
        <ConfirmButton
          action="Delete"
          subject={`the view ${shown.name}`}
          isPending={change.isPending}
          onConfirm={() => change.mutate(() => client.deleteFilter(shown.name))}
        >
          <p>{savedBy(shown)} Nobody in the workspace will have it any more. The experiments stay.</p>
        </ConfirmButton>
      )}
      {change.isError && (
        <span role="alert" className="problem">
          {explainError(change.error)}
        </span>
      )}
    </div>
  )
}
