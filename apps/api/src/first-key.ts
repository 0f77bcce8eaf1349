import type { InvitationStore } from '@goalpost/experiments'
import { createSecret, hashSecret } from './server/authentication.ts'

/** How long the link works. */
const openMs = 86_400_000

/**
 * A service that nobody can administer prints a link to its first key, an operator's: to standard error and not into the log,
 * which is kept and read by others.
 */
export async function offerFirstKey(
  { inviteFirst }: Pick<InvitationStore, 'inviteFirst'>,
  address: string,
): Promise<void> {
  const token = createSecret()
  const expiresAt = new Date(Date.now() + openMs)
  if (!(await inviteFirst({ tokenHash: hashSecret(token), expiresAt }))) return
  process.stderr.write(
    `Nobody can administer this service yet. This link gives its first key, once, until ${expiresAt.toISOString()}:\n` +
      `${address}/join#${token}\n`,
  )
}
