import type { Socket } from 'node:net'
import { GoalpostError } from '@goalpost/contracts'
import type pg from 'pg'

/** What `pg` keeps of a connection, beyond its published types. */
type Wired = pg.ClientBase & {
  readonly connection: { readonly stream: Socket }
  /** False while an answer is awaited. */
  readonly readyForQuery: boolean
}

export type SilenceGuard = {
  /** From now on the connection is broken off when an answer is overdue. */
  watch(client: pg.ClientBase): void
}

/**
 * A server that is frozen, or a network that drops packets, neither answers nor breaks the connection: without this, a
 * statement would wait for as long as the connection lasts. After one such connection, the idle ones are broken off as well:
 * each would cost another caller as long.
 */
export function createSilenceGuard(limitMs: number): SilenceGuard {
  const watched = new Set<Wired>()
  const breakOff = (overdue: Wired): void => {
    const silence = new GoalpostError('unavailable', `The database has not answered for ${limitMs / 1_000} s`)
    for (const client of watched)
      if (client === overdue || client.readyForQuery) client.connection.stream.destroy(silence)
  }
  return {
    watch(given) {
      const client = given as Wired
      const { stream } = client.connection
      watched.add(client)
      stream.once('close', () => watched.delete(client))
      // Counts from the last byte in either direction, and again from the next one.
      stream.setTimeout(limitMs)
      stream.on('timeout', () => {
        if (!client.readyForQuery) breakOff(client)
      })
    },
  }
}
