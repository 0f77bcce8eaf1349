import { Link } from '@tanstack/react-router'

type Props = {
  readonly labels: Readonly<Record<string, string>>
  /** Null if the key may change nothing. */
  readonly onRemove: ((key: string) => void) | null
}

/** Each label opens the list of all experiments that have it. */
export function LabelChips({ labels, onRemove }: Props) {
  const entries = Object.entries(labels)
  if (entries.length === 0) return null
  return (
    <ul className="chips" aria-label="Labels">
      {entries.map(([key, value]) => (
        <li key={key} className="chip">
          <Link to="/experiments" search={{ label: `${key}=${value}` }} title="All experiments with this label">
            {key}={value}
          </Link>
          {onRemove !== null && (
            <button
              type="button"
              className="remove"
              aria-label={`Remove the label ${key}`}
              onClick={() => onRemove(key)}
            >
              <span aria-hidden="true">×</span>
            </button>
          )}
        </li>
      ))}
    </ul>
  )
}
