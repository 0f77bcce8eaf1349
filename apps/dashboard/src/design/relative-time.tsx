import { useSyncExternalStore } from 'react'
import { exactTime, relativeTime } from './format-time.ts'
import { shownTime, watchClock } from './clock.ts'

/** How long ago; the exact time on hover. */
export function RelativeTime({ at }: { readonly at: string }) {
  const atMs = Date.parse(at)
  // The words, not the time: only rows whose words change are drawn again.
  const words = useSyncExternalStore(watchClock, () => relativeTime(atMs, shownTime()))
  return (
    <time dateTime={at} onPointerEnter={({ currentTarget }) => showExact(currentTarget, atMs)}>
      {words}
    </time>
  )
}

/** Written when it is wanted: the format of a place is slow to come by, and a list has many times. */
function showExact(element: HTMLTimeElement, atMs: number): void {
  element.title = exactTime(atMs)
}
