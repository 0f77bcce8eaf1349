import type { Api } from './route-schemas.ts'

const sweepMs = 50
const graceMs = 10_000

/**
 * Lets running requests finish, and waits for nothing else. A connection whose response is still being sent is
 * not idle when the server closes idle ones, and would then be kept alive for a minute, so idle ones are closed again.
 */
export function closeSwiftly(app: Api): void {
  app.addHook('preClose', async () => {
    if (!app.server.listening) return
    const sweep = setInterval(() => app.server.closeIdleConnections(), sweepMs)
    const end = setTimeout(() => app.server.closeAllConnections(), graceMs)
    app.server.once('close', () => {
      clearInterval(sweep)
      clearTimeout(end)
    })
  })
}
