import { useSyncExternalStore } from 'react'
import { relativeTime } from './format-time.ts'
import { shownTime, watchClock } from './clock.ts'

/** How long ago; the exact time on hover. */
export function RelativeTime({ at }: { readonly at: string }) {
  const atMs = Date.parse(at)
  // The words, not the time: only rows whose words change are drawn again.
  const words = useSyncExternalStore(watchClock, () => relativeTime(atMs, shownTime()))
  return (
    <time dateTime={at} title={new Date(at).toLocaleString()}>
      {words}
    </time>
  )
}
