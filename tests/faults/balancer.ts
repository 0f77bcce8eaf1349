import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export type Balancer = {
  readonly port: number
  /** It gets connections once it is ready. */
  add(port: number): void
  remove(port: number): void
  /** The backends that answered `/readyz` with 200 the last time. */
  ready(): number[]
  close(): Promise<void>
}

/**
 * Takes each connection to the next backend that is ready, and knows nothing of requests: it repeats none, and moves
 * none to another backend.
 */
export async function startBalancer(checkEveryMs: number): Promise<Balancer> {
  const backends = new Map<number, boolean>()
  const sockets = new Set<Socket>()
  let turn = 0
  const ready = () => [...backends].flatMap(([port, isReady]) => (isReady ? [port] : []))

  const server = createServer((client) => {
    const able = ready()
    const port = able[turn++ % able.length]
    if (port === undefined) return void client.destroy()
    const backend = connect(port, '127.0.0.1')
    for (const socket of [client, backend]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => sockets.delete(socket))
    }
    client.pipe(backend).pipe(client)
    client.on('close', () => backend.destroy())
    backend.on('close', () => client.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  const check = async (port: number) => {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(1_000) }).catch(
      () => null,
    )
    await answer?.arrayBuffer()
    if (backends.has(port)) backends.set(port, answer?.ok === true)
  }
  const checking = setInterval(() => void Promise.all([...backends.keys()].map(check)), checkEveryMs)

  return {
    port: (server.address() as AddressInfo).port,
    add: (port) => void backends.set(port, false),
    remove: (port) => void backends.delete(port),
    ready,
    async close() {
      clearInterval(checking)
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
