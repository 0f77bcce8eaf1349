import { createServer } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { GoalpostError, systemErrorCode } from '@goalpost/contracts'

/** A port of 127.0.0.1 that was free a moment ago. */
export function findFreePort(): Promise<number> {
  return listenOnce('127.0.0.1', 0)
}

/** Returns the port, or throws one clear error if it is not allowed, or in use for longer than `patienceMs`. */
export async function requirePort(host: string, port: number, patienceMs = 0): Promise<number> {
  const until = performance.now() + patienceMs
  for (;;) {
    try {
      return await listenOnce(host, port)
    } catch (error) {
      const code = systemErrorCode(error)
      if (code !== 'EADDRINUSE' || performance.now() >= until) throw refusal(host, port, code)
      await delay(50)
    }
  }
}

function refusal(host: string, port: number, code: string | undefined): GoalpostError {
  const reason = reasons[code ?? ''] ?? `cannot be used (${code})`
  return new GoalpostError(
    'state-conflict',
    `Port ${port} of ${host} ${reason}; choose another with --port, or --port 0 for any`,
  )
}

const reasons: Record<string, string> = {
  EADDRINUSE: 'is in use by another program',
  EACCES: 'is reserved for root',
  EADDRNOTAVAIL: 'does not exist on this machine',
}

function listenOnce(host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : port))
    })
  })
}
