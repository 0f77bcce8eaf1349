import { GoalpostError, systemErrorCode } from '@goalpost/contracts'
import type { Api } from './route-schemas.ts'

/** Errors: `state-conflict` if the port is in use, `invalid-request` if the address does not belong to this machine. */
export async function listen(
  api: Api,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<string> {
  try {
    return await api.listen({ host, port })
  } catch (error) {
    const code = systemErrorCode(error)
    if (code === 'EADDRINUSE') {
      throw new GoalpostError('state-conflict', `Port ${port} on ${host} is in use: free it, or set PORT`, {
        cause: error,
      })
    }
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EACCES') {
      throw new GoalpostError('invalid-request', `Cannot listen on ${host}:${port} (${code}): set HOST and PORT`, {
        cause: error,
      })
    }
    throw error
  }
}
