import type { WorkerAnnouncement } from '@goalpost/contracts'
import { heartbeatMs, type WorkerRegistry } from '@goalpost/experiments'
import type { Logger } from '@goalpost/telemetry'
import { jitter } from '../jitter.ts'
import { startPollLoop } from '../poll-loop.ts'

/** A worker's entry in the registry, kept alive. */
export type Presence = {
  /** Says something new at once. */
  update(change: Partial<WorkerAnnouncement>): Promise<void>
  /** Takes the entry out, if the database is there to be asked. */
  end(): Promise<void>
}

type PresenceOptions = { readonly registry: WorkerRegistry; readonly log: Logger }

export async function keepPresence(
  announcement: WorkerAnnouncement,
  { registry, log }: PresenceOptions,
): Promise<Presence> {
  let current = announcement
  let saying = Promise.resolve()
  // One after the other: an older word must not arrive last.
  const say = (): Promise<void> => (saying = saying.catch(() => undefined).then(() => registry.announce(current)))
  await say()
  const loop = startPollLoop({
    async step() {
      await say()
      // Workers that were started together must not write together for ever.
      return jitter(heartbeatMs)
    },
    onHealth(error) {
      if (error === null) log.info({ loop: 'presence' }, 'works again')
      else log.warn({ loop: 'presence', err: error }, 'fails, and will be tried again')
    },
  })
  return {
    async update(change) {
      current = { ...current, ...change }
      await say()
    },
    async end() {
      await loop.stop()
      // Without it the others find out by the silence.
      await registry.withdraw(current.id).catch(() => undefined)
    },
  }
}
