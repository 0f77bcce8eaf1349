import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { createFramer } from './framer.ts'

/** One statement on its way to PostgreSQL. */
export type Statement = {
  readonly sql: string
  /** The statements of its transaction before it, BEGIN excluded; none outside a transaction. */
  readonly before: readonly string[]
  /** Outside a transaction: what it writes is committed with it. */
  readonly isAlone: boolean
}

/**
 * `before`: PostgreSQL never sees the statement. `after`: PostgreSQL has executed it, but nobody learns of it.
 * `cut` breaks the connection. `hold` leaves it open and silent, as a firewall does that forgot the connection.
 */
export type Strike = {
  readonly at: (statement: Statement) => boolean
  readonly moment: 'before' | 'after'
  readonly how: 'cut' | 'hold'
}

export type Gateway = {
  readonly port: number
  /** Strikes once, at the first statement chosen. Resolves then. Replaces an earlier strike. */
  arm(strike: Strike): Promise<Statement>
  disarm(): void
  /** Called for every statement. */
  watch(onStatement: ((statement: Statement) => void) | null): void
  close(): Promise<void>
}

type Armed = Strike & { readonly struck: (statement: Statement) => void }

type Wire = {
  /** The client's end, and PostgreSQL's. */
  readonly client: Socket
  readonly server: Socket
}

/**
 * Stands between a program and PostgreSQL (frontend/backend protocol 3.0, without TLS), so that a fault happens at a
 * chosen statement instead of a chosen time.
 */
export async function startGateway(target: { host: string; port: number }): Promise<Gateway> {
  const sockets = new Set<Socket>()
  let armed: Armed | null = null
  let onStatement: ((statement: Statement) => void) | null = null

  /** The strike for this statement, if it is the one. */
  function choose(statement: Statement): Armed | null {
    onStatement?.(statement)
    if (armed === null || !armed.at(statement)) return null
    const chosen = armed
    armed = null
    return chosen
  }

  const server = createServer((client) => {
    const upstream = connect(target.port, target.host)
    for (const socket of [client, upstream]) {
      // Messages are written one by one: each would wait for the answer to the one before.
      socket.setNoDelay()
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => sockets.delete(socket))
    }
    client.on('close', () => upstream.destroy())
    upstream.on('close', () => client.destroy())
    relay({ client, server: upstream }, choose)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  return {
    port: (server.address() as AddressInfo).port,
    arm: (strike) => new Promise((struck) => void (armed = { ...strike, struck })),
    disarm: () => void (armed = null),
    watch: (listener) => void (onStatement = listener),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

function relay({ client, server }: Wire, choose: (statement: Statement) => Armed | null): void {
  /** Null outside a transaction. */
  let before: readonly string[] | null = null
  let striking: { readonly strike: Armed; readonly statement: Statement } | null = null

  function end({ strike, statement }: NonNullable<typeof striking>): void {
    if (strike.how === 'cut') client.destroy()
    strike.struck(statement)
  }

  const fromClient = createFramer(true, (type, bytes) => {
    // What follows a strike belongs to the statement struck: its parameters, for example.
    if (striking?.strike.moment === 'before') return
    const sql = statementIn(type, bytes)
    const statement = sql === null ? null : { sql, before: before ?? [], isAlone: before === null }
    const strike = statement === null ? null : choose(statement)
    if (statement !== null) before = after(before, statement.sql)
    if (statement !== null && strike !== null) {
      striking = { strike, statement }
      if (strike.moment === 'before') return end(striking)
    }
    server.write(bytes)
  })
  const fromServer = createFramer(false, (type, bytes) => {
    if (striking === null) return void client.write(bytes)
    // Ready for the next statement: this one is done, and everything before this message is its answer.
    if (type === 'Z' && striking.strike.moment === 'after') end(striking)
  })
  client.on('data', fromClient)
  server.on('data', fromServer)
}

/** Of a simple query, or of the first message of the extended protocol. */
function statementIn(type: string, bytes: Buffer): string | null {
  if (type === 'Q') return textAt(bytes, 5)
  if (type === 'P') return textAt(bytes, bytes.indexOf(0, 5) + 1)
  return null
}

function textAt(bytes: Buffer, start: number): string {
  return bytes.toString('utf8', start, bytes.indexOf(0, start))
}

/** The statements of the transaction that is open after this one. */
function after(before: readonly string[] | null, sql: string): readonly string[] | null {
  if (/^BEGIN/i.test(sql)) return []
  if (before === null || /^(COMMIT|ROLLBACK)/i.test(sql)) return null
  return [...before, sql]
}
