import { createLazyClient, type Client } from '@goalpost/client'

/** The API as this browser's session may use it. */
export type BrowserClient = {
  readonly client: Client
  /** The session's token, which every change needs; undefined for none. */
  setCsrfToken(token: string | undefined): void
}

export function createBrowserClient(): BrowserClient {
  let csrfToken: string | undefined
  return {
    client: createLazyClient({ baseUrl: location.origin, csrfToken: () => csrfToken }),
    setCsrfToken(token) {
      csrfToken = token
    },
  }
}
