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

/**
 * Calls back whenever `shownTime` has moved, until the returned function is called. One timer serves all; in a hidden
 * tab there is none, and the time moves when the tab is shown again.
 */
export function watchClock(changed: () => void): () => void {
  if (watchers.size === 0) document.addEventListener('visibilitychange', onVisibility)
  watchers.add(changed)
  runTimer()
  return () => {
    watchers.delete(changed)
    if (watchers.size > 0) return
    document.removeEventListener('visibilitychange', onVisibility)
    stopTimer()
  }
}

function onVisibility(): void {
  if (!document.hidden) tick()
  runTimer()
}

function runTimer(): void {
  if (document.hidden) stopTimer()
  else timer ??= setInterval(tick, refreshMs)
}

function stopTimer(): void {
  clearInterval(timer)
  timer = undefined
}

function tick(): void {
  nowMs = Date.now()
  for (const changed of watchers) changed()
}
