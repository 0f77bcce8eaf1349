import type { Socket } from 'node:net'
import { clientNetwork } from '@goalpost/experiments'
import type { Api } from './route-schemas.ts'

/** Limits on connections, for clients that are slow or many. */
export type ConnectionLimits = {
  /** Open at a time; further ones are closed at once. */
  readonly most: number
  /** The same for one address, or /64 of IPv6, except those of trusted gateways. */
  readonly mostOfAddress: number
  /** For a request to arrive completely. Its headers have 15 s at most. */
  readonly requestMs: number
  /** For a connection on which nothing is sent or received. */
  readonly silentMs: number
}

const headersMs = 15_000

/** Node's own timeouts, as options of Fastify. Late requests are answered with 408. */
export function timeoutsOf({ requestMs, silentMs }: ConnectionLimits) {
  return {
    requestTimeout: requestMs,
    connectionTimeout: silentMs,
    http: {
      headersTimeout: Math.min(headersMs, requestMs),
      // Node looks for late requests this often.
      connectionsCheckingInterval: Math.min(5_000, requestMs),
    },
  }
}

type IsTrusted = (address: string) => boolean

/** Closes connections beyond the limits, before anything is read from them. */
export function limitConnections(app: Api, limits: ConnectionLimits, isTrusted: IsTrusted): void {
  const open = new Map<string, number>()
  app.server.maxConnections = limits.most
  app.server.on('connection', (socket: Socket) => {
    const { remoteAddress } = socket
    if (remoteAddress === undefined || isTrusted(remoteAddress)) return
    const address = clientNetwork(remoteAddress)
    const before = open.get(address) ?? 0
    if (before >= limits.mostOfAddress) return void socket.destroy()
    open.set(address, before + 1)
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1
      if (left === 0) open.delete(address)
      else open.set(address, left)
    })
  })
}
