import { RelativeTime } from '../design/relative-time.tsx'
import type { Live } from './use-connection.ts'

/** Whether the page shows the present. */
export function LiveMark({ live }: { readonly live: Live }) {
  const { status, sinceMs } = live
  return (
    <span className={`live live-${status}`}>
      <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
        <circle cx="8" cy="8" r="4" />
      </svg>
      <span>
        <span role="status">{words[status]}</span>
        {/* Not read out: it moves with every answer. */}
        {isTimed.has(status) && <RelativeTime at={new Date(sinceMs).toISOString()} />}
      </span>
    </span>
  )
}

const words: Readonly<Record<Live['status'], string>> = {
  connecting: 'connecting',
  live: 'live',
  ended: 'final',
  reconnecting: 'reconnecting; last event ',
  polling: 'live by polling; last answer ',
  stale: 'no answer; as of ',
}

const isTimed: ReadonlySet<Live['status']> = new Set(['reconnecting', 'polling', 'stale'])
