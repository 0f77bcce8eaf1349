import type { ExperimentSort } from '@goalpost/contracts'

const titles: Readonly<Record<ExperimentSort, string>> = {
  '-created': 'newest first',
  created: 'oldest first',
  name: 'by name',
  '-name': 'by name, backwards',
  state: 'running first',
  '-state': 'finished first',
  '-priority': 'highest priority first',
  priority: 'lowest priority first',
  verdict: 'most serious verdict first',
  '-verdict': 'most serious verdict last',
  '-progress': 'most tasks done first',
  progress: 'fewest tasks done first',
  '-updated': 'changed last first',
  updated: 'longest unchanged first',
}

type Props = { readonly sort: ExperimentSort; readonly set: (sort: string) => void }

export function OrderChoice({ sort, set }: Props) {
  return (
    <label>
      Order
      {/* The default order is left out of the address. */}
      <select value={sort} onChange={({ target }) => set(target.value === '-created' ? '' : target.value)}>
        {Object.entries(titles).map(([value, title]) => (
          <option key={value} value={value}>
            {title}
          </option>
        ))}
      </select>
    </label>
  )
}
