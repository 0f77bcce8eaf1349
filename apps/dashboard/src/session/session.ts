import type { Client } from '@goalpost/client'
import type { ApiKeyScope, SessionView } from '@goalpost/contracts'
import { createContext, useContext } from 'react'

/** The signed-in user, and the API with their rights. */
export type Session = {
  readonly client: Client
  /** `loading` until it is known whether there is a session. */
  readonly state: 'loading' | 'signed-out' | SessionView
  /** Why it is not known; null where it is, or will be. */
  readonly failure: { readonly error: unknown; retry(): void } | null
  signIn(given: { readonly apiKey: string } | { readonly token: string }): Promise<void>
  signOut(): Promise<void>
}

export const SessionContext = createContext<Session | null>(null)

export function useSession(): Session {
  const session = useContext(SessionContext)
  if (session === null) throw new Error('useSession needs a SessionProvider')
  return session
}

const scopes: readonly ApiKeyScope[] = ['read', 'submit', 'manage', 'admin']

/** Whether the session's key may do what needs that scope: buttons that it may not press are not shown. */
export function useMay(needed: ApiKeyScope): boolean {
  const { state } = useSession()
  return typeof state === 'object' && scopes.indexOf(state.scope) >= scopes.indexOf(needed)
}
