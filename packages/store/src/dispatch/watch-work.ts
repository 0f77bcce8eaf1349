import type { Outlook, WorkSignal, WorkWatch } from '@goalpost/experiments'
import pg from 'pg'
import { toGoalpostError } from '../database/errors.ts'
import { createSessionGuard } from '../database/session-guard.ts'
import { prepareSession } from '../database/session.ts'
import { lookAhead } from './look-ahead.ts'
import { workChannel } from '../tasks/signal-work.ts'

export type WatchOptions = {
  readonly url: string
  /** `lost`: the connection ended, and notifications may be lost. Poll once. */
  readonly onSignal: (signal: WorkSignal | 'lost') => void
  /** Whether running tasks may have to leave their slots to others. */
  readonly preempts?: boolean
}

/** Any number that nothing else in this database locks: the ASCII codes of `lead`. */
const leaderLock = 0x6c_65_61_64

/**
 * One connection, on which a process is notified of ready tasks. Of all watchers of a database only the holder of an
 * advisory lock listens: a hundred idle workers then cost the server no more than one. The lock ends with the
 * connection, and the next watcher that looks gets it.
 */
export function watchWork({ url, onSignal, preempts = true }: WatchOptions): WorkWatch {
  let client: pg.Client | null = null
  let leads = false
  let closed = false
  const sessions = createSessionGuard(url)

  async function connect(): Promise<pg.Client> {
    const opening = new pg.Client(connectionOptions(url))
    const drop = () => {
      if (client !== opening) return
      client = null
      leads = false
      if (!closed) onSignal('lost')
    }
    // Both stay attached: an unhandled 'error' event would end the process.
    opening.on('error', drop)
    opening.on('end', drop)
    opening.on('notification', ({ payload }) => onSignal(payload === 'postponed' ? 'postponed' : 'ready'))
    try {
      await opening.connect()
      await prepareSession(opening)
      await sessions.check(opening)
      await opening.query(keepalives)
    } catch (error) {
      void opening.end().catch(() => undefined)
      throw error
    }
    client = opening
    return opening
  }

  async function look(): Promise<Outlook> {
    const own = client ?? (await connect())
    try {
      const outlook = await lookAhead(own, { leads, leaderLock, preempts })
      if (leads || !outlook.leads) return outlook
      await own.query(`LISTEN ${workChannel}`)
      leads = client === own
      // Tasks that became ready between the poll and the LISTEN were not announced.
      return await lookAhead(own, { leads, leaderLock, preempts })
    } catch (error) {
      // It may be frozen rather than broken: the next look gets another.
      client = null
      leads = false
      void own.end().catch(() => undefined)
      throw error
    }
  }

  return {
    look: () =>
      look().catch((error: unknown) => {
        throw toGoalpostError(error)
      }),
    async close() {
      closed = true
      await client?.end().catch(() => undefined)
    },
  }
}

/** The server's keepalives free the lock of a machine that disappeared within half a minute. */
const keepalives = 'SET tcp_keepalives_idle = 15; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3'

function connectionOptions(url: string): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: 'goalpost-watch',
    connectionTimeoutMillis: 5_000,
    query_timeout: 5_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  }
}
