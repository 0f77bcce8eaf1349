import type { WorkerAnnouncement } from '@goalpost/contracts'
import { heartbeatMs, type WorkerRegistry } from '@goalpost/experiments'
import type { Logger } from '@goalpost/telemetry'
import { jitter } from '../jitter.ts'
import { startPollLoop } from '../poll-loop.ts'

/** A worker's entry in the registry, with its heartbeat. */
export type Presence = {
  /** Updates the entry at once. */
  update(change: Partial<WorkerAnnouncement>): Promise<void>
  /** Removes the entry, if the database is available. */
  end(): Promise<void>
}

type PresenceOptions = { readonly registry: WorkerRegistry; readonly log: Logger }

export async function keepPresence(
  announcement: WorkerAnnouncement,
  { registry, log }: PresenceOptions,
): Promise<Presence> {
  let current = announcement
  let saying = Promise.resolve()
  // One at a time, so that an older update cannot arrive last.
  const say = (): Promise<void> => (saying = saying.catch(() => undefined).then(() => registry.announce(current)))
  await say()
  const loop = startPollLoop({
    async step() {
      await say()
      // Jitter, so that workers started together do not keep writing together.
      return jitter(heartbeatMs)
    },
    onHealth(error) {
      if (error === null) log.info({ loop: 'presence' }, 'works again')
      else log.warn({ loop: 'presence', err: error }, 'failed and will be retried')
    },
  })
  return {
    async update(change) {
      current = { ...current, ...change }
      await say()
    },
    async end() {
      await loop.stop()
      // If this fails, the missing heartbeat shows that the worker has ended.
      await registry.withdraw(current.id).catch(() => undefined)
    },
  }
}
