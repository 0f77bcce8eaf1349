import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

export type Balancer = {
  readonly port: number
  /** It gets connections once it is ready. */
  add(port: number): void
  remove(port: number): void
  ready(): number[]
  close(): Promise<void>
}

type Backend = { ready: boolean; failures: number }

/** A slow machine leaves a check unanswered now and then. */
const mostFailures = 3
const checkLimitMs = 2_000

/**
 * Takes each connection to the next backend that is ready, and knows nothing of requests: it repeats none, and moves
 * none to another backend. A connection waits while no backend is ready. A backend is ready after `/readyz` answered
 * 200, until it answers anything else or three checks in a row fail.
 */
export async function startBalancer(checkEveryMs: number): Promise<Balancer> {
  const backends = new Map<number, Backend>()
  const sockets = new Set<Socket>()
  const held: Socket[] = []
  const closing = new AbortController()
  let turn = 0
  const ready = () => [...backends].flatMap(([port, backend]) => (backend.ready ? [port] : []))

  function own(socket: Socket): Socket {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
    return socket
  }

  function assign(client: Socket): void {
    const able = ready()
    const port = able[turn++ % able.length]
    if (port === undefined) return void held.push(client)
    const backend = own(connect(port, '127.0.0.1'))
    join(client, backend)
    join(backend, client)
  }

  /** One check at a time: an answer that comes late would be taken for the state of now. */
  async function check(port: number, backend: Backend): Promise<void> {
    while (backends.get(port) === backend) {
      const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(checkLimitMs)])
      const status = await statusOf(port, signal)
      backend.failures = status === null ? backend.failures + 1 : 0
      if (status !== null) backend.ready = status === 200
      else if (backend.failures >= mostFailures) backend.ready = false
      if (backend.ready) for (const client of held.splice(0)) assign(client)
      await sleep(checkEveryMs, null, { signal: closing.signal }).catch(() => undefined)
    }
  }

  const server = createServer((client) => assign(own(client)))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  return {
    port: (server.address() as AddressInfo).port,
    add(port) {
      const backend = { ready: false, failures: 0 }
      backends.set(port, backend)
      void check(port, backend)
    },
    remove: (port) => void backends.delete(port),
    ready,
    async close() {
      backends.clear()
      closing.abort()
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

/** What one end has sent before it closed reaches the other one; an end that breaks breaks the other one. */
function join(from: Socket, to: Socket): void {
  from.pipe(to)
  from.on('close', () => {
    if (!from.readableEnded) to.destroy()
  })
}

/** Null: no answer. */
async function statusOf(port: number, signal: AbortSignal): Promise<number | null> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`, { signal })
    await answer.arrayBuffer()
    return answer.status
  } catch {
    return null
  }
}
