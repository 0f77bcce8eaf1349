import { RelativeTime } from '../design/relative-time.tsx'
import type { Live } from './use-connection.ts'

/** Whether the page shows the present. */
export function LiveMark({ live }: { readonly live: Live }) {
  const { status, sinceMs } = live
  return (
    <span role="status" className={`live live-${status}`}>
      <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
        <circle cx="8" cy="8" r="4" />
      </svg>
      {status === 'reconnecting' ? (
        <span>
          reconnecting; last event <RelativeTime at={new Date(sinceMs).toISOString()} />
        </span>
      ) : (
        { connecting: 'connecting', live: 'live', ended: 'final' }[status]
      )}
    </span>
  )
}
