import type { EventEmitter } from 'node:events'
import type { Socket } from 'node:net'
import pg from 'pg'

const heartbeatMs = 30_000
const silenceMs = 5_000

/**
 * BullMQ attaches no error listener while it opens its LISTEN connection, and removes it before closing that. A
 * server that stops in those moments would end the process with an unhandled 'error' event.
 *
 * Nothing is sent on a connection that listens, so a silent one would never be noticed, and jobs would wait for the next rare
 * look at the queue. It is asked from time to time, and broken off if it does not answer; BullMQ then opens another.
 */
export class GuardedClient extends pg.Client {
  #heartbeat: NodeJS.Timeout | undefined

  constructor(config?: string | pg.ClientConfig) {
    super(config)
    ;(this as EventEmitter).on('newListener', (event) => {
      if (event === 'notification') this.#watch()
    })
  }

  override emit(...event: Parameters<pg.Client['emit']>): boolean {
    if (event[0] === 'end') clearInterval(this.#heartbeat)
    if (event[0] === 'error' && this.listenerCount('error') === 0) return false
    return super.emit(...event)
  }

  #watch(): void {
    if (this.#heartbeat !== undefined) return
    this.#heartbeat = setInterval(() => void this.#ask(), heartbeatMs)
    this.#heartbeat.unref()
  }

  async #ask(): Promise<void> {
    const question: pg.QueryConfig & { query_timeout: number } = { text: 'SELECT 1', query_timeout: silenceMs }
    const { stream } = (this as unknown as { connection: { stream: Socket } }).connection
    await super.query(question).catch((error: Error) => void stream.destroy(error))
  }
}
