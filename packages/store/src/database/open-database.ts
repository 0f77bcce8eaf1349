import { setTimeout as delay } from 'node:timers/promises'
import { GoalpostError } from '@goalpost/contracts'
import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient, type Prisma } from '../generated/client.ts'
import pg from 'pg'
import { ConfinedPool } from './confinement.ts'
import { isRetryable, toGoalpostError } from './errors.ts'
import { createSessionGuard } from './session-guard.ts'
import { prepareSession } from './session.ts'
import { createSilenceGuard } from './silence.ts'

/**
 * Either the client itself or a transaction of it. In a transaction, `include` one relation at a time: Prisma asks for
 * several at once on the one connection, which `pg` deprecates and version 9 refuses.
 */
export type Queries = Prisma.TransactionClient

export type Database = {
  /** Single statements. Rejects with `unavailable` if PostgreSQL cannot be reached. */
  query<T>(work: (queries: Queries) => Promise<T>): Promise<T>
  /** All of `work` or nothing; may call `work` again after a deadlock or a serialization failure. */
  transaction<T>(work: (queries: Queries) => Promise<T>): Promise<T>
  /** One snapshot for all reads in `work`. */
  snapshot<T>(work: (queries: Queries) => Promise<T>): Promise<T>
  /** Whether PostgreSQL answers soon. Rejects with `unavailable` otherwise. */
  ping(): Promise<void>
  close(): Promise<void>
}

const connectTimeoutMs = 10_000
/** Ample for a statement of the largest possible submission on a busy machine. */
const defaultStatementTimeoutMs = 30_000
/** Of the time for a statement. PostgreSQL itself ends it first, and keeps the connection, unless it is silent. */
const silenceFactor = 1.2
/** What asks for readiness often waits no longer. */
const pingTimeoutMs = 5_000
const keepAliveAfterMs = 10_000
/** Ample for the largest possible submission, 2,000 runs. */
const transactionTimeoutMs = 120_000
const attemptsPerTransaction = 5

type Opening = {
  readonly url: string
  readonly poolSize: number
  /** Connections that stay open when idle. */
  readonly keep?: number
  /** Callers see the workspace that `within` names, and no other. */
  readonly confined?: boolean
  /** How long a statement may take. */
  readonly statementTimeoutMs?: number
}

export function openDatabase(opening: Opening): Database {
  const pool = openPool(opening)
  // The adapter has older types of the same `pg`.
  const adapter = new PrismaPg(pool as object as ConstructorParameters<typeof PrismaPg>[0], {
    onPoolError: () => undefined,
    disposeExternalPool: true,
  })
  const prisma = new PrismaClient({
    adapter,
    transactionOptions: { maxWait: connectTimeoutMs, timeout: transactionTimeoutMs },
  })

  async function transaction<T>(work: (queries: Queries) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await prisma.$transaction(work)
      } catch (error) {
        if (attempt >= attemptsPerTransaction || !isRetryable(error)) throw toGoalpostError(error)
      }
    }
  }

  return {
    query: (work) =>
      work(prisma).catch((error: unknown) => {
        throw toGoalpostError(error)
      }),
    transaction,
    snapshot: (work) =>
      prisma.$transaction(work, { isolationLevel: 'RepeatableRead' }).catch((error: unknown) => {
        throw toGoalpostError(error)
      }),
    ping: () => ping(pool),
    async close() {
      await prisma.$disconnect()
      // Prisma ends only a pool that it has used.
      if (!pool.ending) await pool.end()
    },
  }
}

/** An idle connection that breaks is replaced by the pool. */
function openPool(opening: Opening): pg.Pool {
  const { url, poolSize, keep = 1, confined = false, statementTimeoutMs = defaultStatementTimeoutMs } = opening
  const sessions = createSessionGuard(url)
  const silence = createSilenceGuard(statementTimeoutMs * silenceFactor)
  const pool = {
    connectionString: url,
    max: poolSize,
    // The others close when idle. Logging in again for every heartbeat would be an idle process's largest cost.
    min: keep,
    connectionTimeoutMillis: connectTimeoutMs,
    onConnect: async (client: pg.ClientBase) => {
      silence.watch(client)
      await prepareSession(client, statementTimeoutMs)
      await sessions.check(client)
    },
    // An idle connection whose other end is gone breaks before somebody uses it.
    keepAlive: true,
    keepAliveInitialDelayMillis: keepAliveAfterMs,
  }
  const opened = confined ? new ConfinedPool(pool) : new pg.Pool(pool)
  // An unhandled 'error' event would end the process; Prisma listens only once it has used the pool.
  return opened.on('error', () => undefined)
}

/** Statements that hang may have all connections: waiting for one counts as well. */
async function ping(pool: pg.Pool): Promise<void> {
  const answered = new AbortController()
  const silence = delay(pingTimeoutMs, undefined, { signal: answered.signal, ref: false }).then(() => {
    throw new GoalpostError('unavailable', `The database has not answered for ${pingTimeoutMs / 1_000} s`)
  })
  const answer = ask(pool)
  // Both may reject, and one of them after the other.
  for (const end of [answer, silence]) end.catch(() => undefined)
  await Promise.race([answer, silence])
    .catch((error: unknown) => {
      throw toGoalpostError(error)
    })
    .finally(() => answered.abort())
}

async function ask(pool: pg.Pool): Promise<void> {
  const client = await pool.connect()
  const statement: pg.QueryConfig & { query_timeout: number } = { text: 'SELECT 1', query_timeout: pingTimeoutMs }
  try {
    await client.query(statement)
    client.release()
  } catch (error) {
    // Its answer may still come, when somebody else has it.
    client.release(true)
    throw error
  }
}
