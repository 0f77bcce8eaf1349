import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient, type Prisma } from '../generated/client.ts'
import pg from 'pg'
import { ConfinedPool } from './confinement.ts'
import { isRetryable, toGoalpostError } from './errors.ts'
import { createSessionGuard } from './session-guard.ts'
import { prepareSession } from './session.ts'

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
  close(): Promise<void>
}

const connectTimeoutMs = 10_000
const keepAliveAfterMs = 10_000
/** Ample for the largest possible submission, 2,000 runs. */
const transactionTimeoutMs = 120_000
const attemptsPerTransaction = 5

type Opening = {
  readonly url: string
  readonly poolSize: number
  /** Callers see the workspace that `within` names, and no other. */
  readonly confined?: boolean
}

export function openDatabase(opening: Opening): Database {
  // The adapter has older types of the same `pg`.
  const adapter = new PrismaPg(openPool(opening) as object as ConstructorParameters<typeof PrismaPg>[0], {
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
    close: () => prisma.$disconnect(),
  }
}

/** An idle connection that breaks is replaced by the pool. */
function openPool({ url, poolSize, confined = false }: Opening): pg.Pool {
  const sessions = createSessionGuard(url)
  const pool = {
    connectionString: url,
    max: poolSize,
    // The others close when idle. Logging in again for every heartbeat would be an idle process's largest cost.
    min: 1,
    connectionTimeoutMillis: connectTimeoutMs,
    onConnect: async (client: pg.ClientBase) => {
      await prepareSession(client)
      await sessions.check(client)
    },
    // Finds out, though only within minutes, that the other end of a silent connection is gone.
    keepAlive: true,
    keepAliveInitialDelayMillis: keepAliveAfterMs,
  }
  return confined ? new ConfinedPool(pool) : new pg.Pool(pool)
}
