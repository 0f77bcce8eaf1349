import { z } from 'zod'
import { apiKeyScope } from './api-key-scope.ts'

/** A browser's session, which stands for the API key that it was started with. */

const time = z.iso.datetime()

/** The cookie with the session's secret. */
export const sessionCookie = 'goalpost_session'

/** The header that every change made with a session must carry; its value is the session's `csrfToken`. */
export const csrfHeader = 'x-csrf-token'

const secret = z.string().min(1).max(200)

export const newSession = z.union([
  z.strictObject({ apiKey: secret.describe('A secret of an API key: `gp_…`') }),
  z.strictObject({ token: secret.describe('The token of a sign-in link; it works once') }),
])
export type NewSession = z.infer<typeof newSession>

export const sessionView = z.strictObject({
  /** Name of the API key. */
  key: z.string(),
  workspace: z.string(),
  scope: apiKeyScope,
  operator: z.boolean(),
  expiresAt: time,
  /** Sent back in the header `x-csrf-token` with every request that is not a GET. */
  csrfToken: z.string(),
})
export type SessionView = z.infer<typeof sessionView>

/** Opened in a browser, it starts a session without typing a key. */
export const signInLink = z.strictObject({
  /** Path and fragment below the service's address. Fragments are not sent to servers, so no log has the token. */
  path: z.string(),
  token: z.string(),
  expiresAt: time,
})
export type SignInLink = z.infer<typeof signInLink>
