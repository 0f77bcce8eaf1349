const refreshMs = 15_000

const watchers = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined
let nowMs = Date.now()

/** The time that the page shows: it moves four times a minute, for all that is shown at once. */
export function shownTime(): number {
  // Nothing moves it while nobody watches.
  if (watchers.size === 0) nowMs = Date.now()
  return nowMs
}

/** Calls back whenever `shownTime` has moved, until the returned function is called. One timer serves all. */
export function watchClock(changed: () => void): () => void {
  watchers.add(changed)
  timer ??= setInterval(tick, refreshMs)
  return () => {
    watchers.delete(changed)
    if (watchers.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

function tick(): void {
  nowMs = Date.now()
  for (const changed of watchers) changed()
}
