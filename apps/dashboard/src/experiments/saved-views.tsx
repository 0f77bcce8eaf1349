import { filterName } from '@goalpost/contracts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useMay, useSession } from '../session/session.ts'
import { explainError } from '../shell/explain-error.ts'
import type { ExperimentFilter } from './experiment-filter.ts'
import { isSameView, savedOf, viewOf } from './saved-view.ts'

type Props = { readonly filter: ExperimentFilter; readonly onChange: (filter: ExperimentFilter) => void }

const queryKey = ['filters']

/** Filters that the workspace has given a name. */
export function SavedViews({ filter, onChange }: Props) {
  const { client } = useSession()
  const queries = useQueryClient()
  const maySave = useMay('submit')
  const { data } = useQuery({ queryKey, queryFn: () => client.filters() })
  const change = useMutation({
    mutationFn: (make: () => Promise<unknown>) => make(),
    onSuccess: () => queries.invalidateQueries({ queryKey }),
  })
  const views = data?.items ?? []
  const shown = views.find((view) => isSameView(viewOf(view), filter))
  const isFiltered = Object.keys(savedOf(filter)).length > 0
  if (views.length === 0 && !(maySave && isFiltered)) return null
  return (
    <div className="saved-views" role="group" aria-label="Saved views">
      {views.map((view) => (
        <button
          key={view.name}
          type="button"
          className="chip-button"
          aria-pressed={view.name === shown?.name}
          title={view.createdBy === null ? undefined : `Saved by ${view.createdBy}`}
          onClick={() => onChange({ ...viewOf(view), ...(filter.sort === undefined ? {} : { sort: filter.sort }) })}
        >
          {view.name}
        </button>
      ))}
      {maySave && isFiltered && shown === undefined && (
        <SaveForm
          isPending={change.isPending}
          onSave={(name) => change.mutate(() => client.saveFilter(name, savedOf(filter)))}
        />
      )}
      {maySave && shown !== undefined && (
        <button type="button" onClick={() => change.mutate(() => client.deleteFilter(shown.name))}>
          Delete the view {shown.name}
        </button>
      )}
      {change.isError && (
        <span role="alert" className="problem">
          {explainError(change.error)}
        </span>
      )}
    </div>
  )
}

type FormProps = { readonly isPending: boolean; readonly onSave: (name: string) => void }

function SaveForm({ isPending, onSave }: FormProps) {
  const [name, setName] = useState('')
  const isValid = filterName.safeParse(name.trim()).success
  const save = (event: FormEvent): void => {
    event.preventDefault()
    if (isValid) onSave(name.trim())
  }
  return (
    <form className="label-form" onSubmit={save}>
      <input
        aria-label="Name of this view"
        placeholder="name of this view"
        value={name}
        onChange={({ target }) => setName(target.value)}
      />
      <button type="submit" disabled={isPending || !isValid}>
        Save the view
      </button>
    </form>
  )
}
