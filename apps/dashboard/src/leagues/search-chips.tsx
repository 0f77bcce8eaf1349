import { Link } from '@tanstack/react-router'

type Props = {
  readonly searches: readonly { readonly id: string; readonly name: string }[]
  readonly onRemove: (id: string) => void
}

/** The searches of a table: each leads to its experiment, and can be removed. */
export function SearchChips({ searches, onRemove }: Props) {
  return (
    <ul className="chips arms" aria-label="Searches of the table">
      {searches.map(({ id, name }) => (
        <li key={id} className="chip">
          <Link to="/experiments/$id" params={{ id }}>
            {name}
          </Link>{' '}
          <button type="button" onClick={() => onRemove(id)}>
            <span className="visually-hidden">Remove {name}</span>
            <span aria-hidden="true">×</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
