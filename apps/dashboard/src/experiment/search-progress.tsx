import { measureSearch, type ResolvedSearch } from '@goalpost/contracts'

type Props = { readonly search: ResolvedSearch }

/** How far a search has come. */
export function SearchProgress({ search }: Props) {
  const { rounds, values, most } = measureSearch(search)
  const count = search.ended ? values : `${values} of at most ${most}`
  return (
    <span>
      Search over {search.over}: round {rounds}, {count} values{search.ended && ', ended'}
    </span>
  )
}
