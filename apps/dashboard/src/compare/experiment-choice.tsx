import type { ExperimentSummary } from '@goalpost/contracts'
import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { useSession } from '../session/session.ts'
import { QueryProblem } from '../shell/query-problem.tsx'

const mostListed = 50

type Props = {
  readonly found: FoundExperiments
  readonly id: string
  /** Words for choosing none; none of the experiments must be chosen without it. */
  readonly none?: string
  readonly onChoose: (id: string) => void
}

/** One of the experiments that a search has found. */
export function ExperimentChoice({ found, id, none = noneOf(found), onChoose }: Props) {
  const { items } = found
  return (
    <label className="field">
      Experiment
      <select
        value={items?.some((item) => item.id === id) === true ? id : ''}
        onChange={({ target }) => onChoose(target.value)}
      >
        {none !== undefined && <option value="">{none}</option>}
        {items?.map(({ id: each, name, createdAt }) => (
          <option key={each} value={each}>
            {name}, {createdAt.slice(0, 16).replace('T', ' ')} UTC
          </option>
        ))}
      </select>
    </label>
  )
}

/** Where one has to be chosen, words only for having none. */
function noneOf({ items, query }: FoundExperiments): string | undefined {
  if (items === undefined) return query.error === null ? 'being read' : 'not read'
  return items.length === 0 ? 'none found' : undefined
}

/** The newest experiments that a search finds. */
export type FoundExperiments = {
  /** Undefined until the first are read. */
  readonly items: readonly ExperimentSummary[] | undefined
  readonly query: UseQueryResult<unknown>
}

export function useNamedExperiments(search: string): FoundExperiments {
  const { client } = useSession()
  const query = useQuery({
    queryKey: ['experiments-named', search],
    queryFn: () => client.experiments({ limit: mostListed, ...(search === '' ? {} : { search }) }),
    placeholderData: keepPreviousData,
  })
  return { items: query.data?.items, query }
}

/** Where they could not be read. */
export function ExperimentsProblem({ found: { query } }: { readonly found: FoundExperiments }) {
  return <QueryProblem of={query} what="The list of experiments" />
}

/** An experiment that is searched for by name; the newest found until another one is chosen. Its id is empty while there is none. */
export function useExperimentSearch() {
  const [typed, setTyped] = useState('')
  const [chosen, choose] = useState('')
  const found = useNamedExperiments(useDeferredValue(typed.trim()))
  const { items } = found
  const id = items?.some((item) => item.id === chosen) === true ? chosen : (items?.[0]?.id ?? '')
  return { typed, setTyped, found, id, choose }
}

/** The fields of such a search. */
export function ExperimentSearch({ search }: { readonly search: ReturnType<typeof useExperimentSearch> }) {
  const { typed, setTyped, found, id, choose } = search
  return (
    <>
      <label className="field">
        Search
        <input type="search" value={typed} placeholder="name or id" onChange={({ target }) => setTyped(target.value)} />
      </label>
      <ExperimentChoice found={found} id={id} onChoose={choose} />
    </>
  )
}
