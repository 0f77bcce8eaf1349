import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

/** A TCP relay that behaves like a restarting or frozen server, or like a network that drops packets. */
export type OutageProxy = {
  readonly port: number
  /** Breaks all connections, and refuses new ones. */
  disappear(): Promise<void>
  reappear(): Promise<void>
  /** Present connections stay open, and nothing that is sent on them arrives any more. New ones work. */
  swallow(): void
  /** Keeps everything back, of new connections as well, until it thaws. */
  freeze(): void
  thaw(): void
}

export async function startOutageProxy(target: { host: string; port: number }): Promise<OutageProxy> {
  const sockets = new Set<Socket>()
  const silent = new Set<Socket>()
  let frozen = false
  const relay = (from: Socket, to: Socket) => {
    sockets.add(from)
    if (frozen) from.pause()
    from.on('data', (chunk) => void (silent.has(from) || to.write(chunk)))
    from.on('error', () => undefined)
    from.on('close', () => {
      sockets.delete(from)
      silent.delete(from)
      to.destroy()
    })
  }
  const server = createServer({ noDelay: true }, (incoming) => {
    const outgoing = connect({ ...target, noDelay: true })
    relay(incoming, outgoing)
    relay(outgoing, incoming)
  })
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  await listen(0)
  const { port } = server.address() as AddressInfo
  return {
    port,
    disappear: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
    reappear: () => listen(port),
    swallow: () => {
      for (const socket of sockets) silent.add(socket)
    },
    freeze() {
      frozen = true
      for (const socket of sockets) socket.pause()
    },
    thaw() {
      frozen = false
      for (const socket of sockets) socket.resume()
    },
  }
}
