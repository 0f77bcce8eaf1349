import type { ReactNode } from 'react'

type Props = {
  /** What it does, for the focus that follows a change. */
  readonly part: string
  readonly mark: ReactNode
  readonly label: string
  readonly isOff?: boolean
  readonly run: () => void
}

/** A small button whose words are read out and shown on hover. */
export function IconButton({ part, mark, label, isOff = false, run }: Props) {
  return (
    <button
      type="button"
      className="small"
      data-part={part}
      aria-label={label}
      title={label}
      disabled={isOff}
      onClick={run}
    >
      <span aria-hidden="true">{mark}</span>
    </button>
  )
}
