import pg from 'pg'
import { createSessionGuard } from './session-guard.ts'

export type ListenOptions = {
  readonly url: string
  /** Lower-case letters and underscores. */
  readonly channel: string
  /** A notification; also whenever one may have been missed: after connecting, and when the connection is lost. */
  readonly onSignal: () => void
  /** Between attempts to connect. */
  readonly pauseMs?: number
  /** Between questions whether the connection still works. */
  readonly heartbeatMs?: number
}

/** Listens to a channel on a connection of its own, and reconnects when it is lost, or when a pooler does not keep its session. */
export function listen({ url, channel, onSignal, pauseMs = 1_000, heartbeatMs = 15_000 }: ListenOptions): {
  close(): Promise<void>
} {
  let client: pg.Client | null = null
  let timer: NodeJS.Timeout | undefined
  let closed = false
  let asking: pg.Client | null = null
  const sessions = createSessionGuard(url)

  /** Nothing else is sent on it: a silent connection would never be noticed. */
  const heartbeat = setInterval(() => void ask(), heartbeatMs)
  heartbeat.unref()

  async function ask(): Promise<void> {
    const asked = client
    if (asked === null || asking === asked) return
    asking = asked
    await asked.query('SELECT 1').catch(() => asked.end().catch(() => undefined))
    asking = null
  }

  const again = (): void => {
    if (closed) return
    timer = setTimeout(() => void connect(), pauseMs)
    timer.unref()
  }

  async function connect(): Promise<void> {
    const opening = new pg.Client(connectionOptions(url))
    client = opening
    let lost = false
    const drop = (): void => {
      if (lost) return
      lost = true
      onSignal()
      again()
    }
    // Both stay attached: an unhandled 'error' event would end the process.
    opening.on('error', drop)
    opening.on('end', drop)
    opening.on('notification', onSignal)
    try {
      await opening.connect()
      await sessions.check(opening)
      await opening.query(`LISTEN ${channel}`)
      onSignal()
    } catch {
      drop()
      void opening.end().catch(() => undefined)
    }
  }

  void connect()
  return {
    async close() {
      closed = true
      clearTimeout(timer)
      clearInterval(heartbeat)
      await client?.end().catch(() => undefined)
    },
  }
}

function connectionOptions(url: string): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: 'goalpost-listen',
    connectionTimeoutMillis: 5_000,
    query_timeout: 5_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  }
}
