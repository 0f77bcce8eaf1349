import type { InvitationStore } from '@goalpost/experiments'
import type { ApiConfig } from './config.ts'
import { createSecret, hashSecret } from './server/authentication.ts'

/** How long the link works. */
const openMs = 86_400_000

type Address = Pick<ApiConfig, 'publicUrl' | 'host' | 'port'>

/**
 * A service that nobody can administer prints a link to its first key, an operator's. It goes to standard error, which
 * containers collect as their log: so it works once, for a day, and until the next start.
 */
export async function offerFirstKey(
  { inviteFirst }: Pick<InvitationStore, 'inviteFirst'>,
  address: Address,
): Promise<void> {
  const token = createSecret()
  const expiresAt = new Date(Date.now() + openMs)
  if (!(await inviteFirst({ tokenHash: hashSecret(token), expiresAt }))) return
  process.stderr.write(
    'Nobody can administer this service yet. The first person to accept this link gets its first key. It works once, ' +
      `until ${expiresAt.toISOString()} or the next start:\n${baseOf(address)}/join#${token}\n`,
  )
}

function baseOf({ publicUrl, host, port }: Address): string {
  if (publicUrl !== null) return publicUrl
  const everywhere = host === '0.0.0.0' || host === '::'
  return `http://${everywhere ? 'ADDRESS-OF-THIS-SERVICE' : host.includes(':') ? `[${host}]` : host}:${port}`
}
