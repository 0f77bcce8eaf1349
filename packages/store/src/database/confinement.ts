import { AsyncLocalStorage } from 'node:async_hooks'
import pg from 'pg'
import type { Database } from './open-database.ts'

/**
 * SQL for the name of the role that a confined session takes. It owns nothing, so the row-level security of all tables
 * applies to it. Roles belong to the whole server: each database has its own, so that none opens another's tables.
 */
export const confinedRole = "'goalpost_api_' || left(encode(sha256(convert_to(current_database(), 'UTF8')), 'hex'), 16)"

/** What a session may see: the rows of one workspace, nothing that belongs to any, or everything. */
type View = { readonly workspaceId: string } | 'nothing' | 'everything'

const views = new AsyncLocalStorage<View>()

/** Everything that `work` reads and writes, also later, is in this workspace. Only confined pools look at it. */
export function within<T>(workspaceId: string, work: () => T): T {
  return views.run({ workspaceId }, work)
}

/** The same database for the few statements that find out whose request it is, that serve operators or all watchers. */
export function unconfined(database: Database): Database {
  const everywhere = <T>(work: () => T): T => views.run('everything', work)
  return {
    query: (work) => everywhere(() => database.query(work)),
    transaction: (work) => everywhere(() => database.transaction(work)),
    snapshot: (work) => everywhere(() => database.snapshot(work)),
    ping: database.ping,
    close: database.close,
  }
}

type Callback = (error: Error | undefined, client: pg.PoolClient | undefined, done: () => void) => void

/**
 * Connections that see what the caller may see. A connection remembers its last view, so a statement is added only where
 * that changes. Without a view nothing is visible.
 */
export class ConfinedPool extends pg.Pool {
  readonly #last = new WeakMap<pg.PoolClient, string>()

  override connect(): Promise<pg.PoolClient>
  override connect(callback: Callback): void
  override connect(callback?: Callback): Promise<pg.PoolClient> | void {
    // Read here: while waiting for a connection, the context may be another caller's.
    const connected = this.#connectFor(views.getStore() ?? 'nothing')
    if (callback === undefined) return connected
    connected.then(
      // oxlint-disable-next-line promise/no-callback-in-promise -- the interface of pg
      (client) => callback(undefined, client, () => client.release()),
      // oxlint-disable-next-line promise/no-callback-in-promise -- the interface of pg
      (error: Error) => callback(error, undefined, () => undefined),
    )
  }

  async #connectFor(view: View): Promise<pg.PoolClient> {
    const client = await super.connect()
    const workspace = typeof view === 'string' ? '' : view.workspaceId
    const wanted = view === 'everything' ? view : `in ${workspace}`
    if (this.#last.get(client) === wanted) return client
    try {
      await client.query(
        `SELECT set_config('role', CASE WHEN $1 THEN 'none' ELSE ${confinedRole} END, false), set_config('goalpost.workspace', $2, false)`,
        [view === 'everything', workspace],
      )
    } catch (error) {
      client.release(true)
      throw error
    }
    this.#last.set(client, wanted)
    return client
  }
}
