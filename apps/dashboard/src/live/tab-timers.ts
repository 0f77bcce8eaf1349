import type { TimeoutProvider } from '@tanstack/react-query'

type Interval = { readonly run: () => void; readonly ms: number; handle: ReturnType<typeof setInterval> | undefined }

/**
 * Timers for queries, whose intervals stand still while the tab is hidden. A query that became stale meanwhile is read
 * when the tab is shown again, which the library does by itself.
 */
export function createTabTimers(): TimeoutProvider {
  const intervals = new Map<number, Interval>()
  let created = 0
  document.addEventListener('visibilitychange', () => {
    for (const interval of intervals.values()) {
      clearInterval(interval.handle)
      interval.handle = start(interval)
    }
  })
  return {
    setTimeout: (run, ms) => setTimeout(run, ms),
    clearTimeout: (id) => clearTimeout(Number(id)),
    setInterval(run, ms) {
      created++
      intervals.set(created, { run, ms, handle: start({ run, ms }) })
      return created
    },
    clearInterval(id) {
      const interval = intervals.get(Number(id))
      if (interval !== undefined) clearInterval(interval.handle)
      intervals.delete(Number(id))
    },
  }
}

const start = ({ run, ms }: Pick<Interval, 'run' | 'ms'>) => (document.hidden ? undefined : setInterval(run, ms))
