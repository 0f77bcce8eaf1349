import type { ExperimentSummary } from '@goalpost/contracts'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { useSession } from '../session/session.ts'

const mostListed = 50

type Props = {
  /** Undefined while they are read. */
  readonly items: readonly ExperimentSummary[] | undefined
  readonly id: string
  /** Words for choosing none; none of the experiments must be chosen without it. */
  readonly none?: string
  readonly onChoose: (id: string) => void
}

/** One of the experiments that a search has found. */
export function ExperimentChoice({ items, id, none = noneOf(items), onChoose }: Props) {
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
function noneOf(items: Props['items']): string | undefined {
  if (items === undefined) return 'being read'
  return items.length === 0 ? 'none found' : undefined
}

/** The newest experiments that a search finds; undefined until the first are read. */
export function useNamedExperiments(search: string): readonly ExperimentSummary[] | undefined {
  const { client } = useSession()
  const { data } = useQuery({
    queryKey: ['experiments-named', search],
    queryFn: () => client.experiments({ limit: mostListed, ...(search === '' ? {} : { search }) }),
    placeholderData: keepPreviousData,
  })
  return data?.items
}

/** An experiment that is searched for by name; the newest found until another one is chosen. Its id is empty while there is none. */
export function useExperimentSearch() {
  const [typed, setTyped] = useState('')
  const [chosen, choose] = useState('')
  const items = useNamedExperiments(useDeferredValue(typed.trim()))
  const id = items?.some((item) => item.id === chosen) === true ? chosen : (items?.[0]?.id ?? '')
  return { typed, setTyped, items, id, choose }
}

/** The fields of such a search. */
export function ExperimentSearch({ search }: { readonly search: ReturnType<typeof useExperimentSearch> }) {
  const { typed, setTyped, items, id, choose } = search
  return (
    <>
      <label className="field">
        Search
        <input type="search" value={typed} placeholder="name or id" onChange={({ target }) => setTyped(target.value)} />
      </label>
      <ExperimentChoice items={items} id={id} onChoose={choose} />
    </>
  )
}
