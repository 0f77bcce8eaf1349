export type PollLoop = {
  /** Runs the step now instead of at the end of the pause. */
  wake(): void
  /** Resolves when no step is running. */
  stop(): Promise<void>
}

export type PollLoopOptions = {
  /** Resolves to the milliseconds until the next step; 0 if there may be more to do at once. */
  readonly step: () => Promise<number>
  /** After the first failure; doubles with each further one. */
  readonly retryMs?: number
  /** The longest pause after repeated failures. */
  readonly longestPauseMs?: number
  /** Called with the first of consecutive errors, and with null after recovery. */
  readonly onHealth?: (error: unknown) => void
}

/** The pause of a step that has nothing to do until it is woken. */
export const untilWoken = Number.POSITIVE_INFINITY

/** Repeats a step until stopped. Errors double the pause, up to the longest. */
export function startPollLoop(options: PollLoopOptions): PollLoop {
  const { step, retryMs = 100, longestPauseMs = 5_000, onHealth } = options
  let stopped = false
  let woken = false
  let wakePause: () => void = () => undefined
  let failures = 0

  async function pause(ms: number): Promise<void> {
    // A wake during a step must not be lost: it may announce something that the step did not see.
    if (stopped || (woken && failures === 0)) return
    await new Promise<void>((resolve) => {
      // An infinite timer would fire at once.
      const timer = ms === untilWoken ? undefined : setTimeout(resolve, ms)
      wakePause = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  async function attempt(): Promise<number> {
    try {
      const pauseMs = await step()
      if (failures > 0) onHealth?.(null)
      failures = 0
      return pauseMs
    } catch (error) {
      if (failures === 0) onHealth?.(error)
      failures += 1
      return Math.min(longestPauseMs, retryMs * 2 ** Math.min(failures, 20))
    }
  }

  async function run(): Promise<void> {
    while (!stopped) {
      woken = false
      const pauseMs = await attempt()
      if (pauseMs > 0) await pause(pauseMs)
    }
  }
  const running = run()

  return {
    wake() {
      woken = true
      // During an outage, skipping the pause would be a busy loop.
      if (failures === 0) wakePause()
    },
    async stop() {
      stopped = true
      wakePause()
      await running
    },
  }
}
