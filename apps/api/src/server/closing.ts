import type { Api } from './route-schemas.ts'

const sweepMs = 50
const graceMs = 10_000

/**
 * Lets requests that are being served finish, and waits for nothing else. A connection whose response is just going out is
 * not idle yet when the server asks for idle ones to be closed, and would then be kept alive for a minute: so ask again.
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
