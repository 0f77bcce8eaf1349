import { TaskCancelled } from '@goalpost/experiments'

/** The requests to stop a task, and the checkpoints that it waits for. */
export type Stops = {
  /** Rejects every wait with TaskCancelled. */
  cancel(): void
  /** The next checkpoint, once it is stored, rejects with TaskCancelled. */
  pause(): void
  pauseRequested(): boolean
  throwIfCancelled(): void
  /** Sends a checkpoint, and resolves when it is stored. */
  storing(step: number, send: () => void): Promise<void>
  stored(step: number): void
}

export function createStops(): Stops {
  let cancelled = false
  let paused = false
  const unstored = new Map<number, PromiseWithResolvers<void>>()
  return {
    cancel() {
      cancelled = true
      for (const waiting of unstored.values()) waiting.reject(new TaskCancelled())
      unstored.clear()
    },
    pause: () => void (paused = true),
    pauseRequested: () => paused && !cancelled,
    throwIfCancelled() {
      if (cancelled) throw new TaskCancelled()
    },
    async storing(step, send) {
      const waiting = Promise.withResolvers<void>()
      unstored.set(step, waiting)
      send()
      await waiting.promise
      if (paused) throw new TaskCancelled()
    },
    stored(step) {
      unstored.get(step)?.resolve()
      unstored.delete(step)
    },
  }
}
