import type { FormEvent } from 'react'
import { ExperimentSearch, ExperimentsProblem, useExperimentSearch } from '../compare/experiment-choice.tsx'

/** Chooses an experiment by name. */
export function AddSearch({ onAdd }: { readonly onAdd: (id: string) => void }) {
  const search = useExperimentSearch()
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (search.id !== '') onAdd(search.id)
  }
  return (
    <>
      <form className="choices add-arm" onSubmit={submit}>
        <ExperimentSearch search={search} />
        <button type="submit" disabled={search.id === ''}>
          Add
        </button>
      </form>
      <ExperimentsProblem found={search.found} />
    </>
  )
}
