import { GoalpostError } from '@goalpost/contracts'
import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useMemo, type ReactNode } from 'react'
import type { BrowserClient } from './browser-client.ts'
import { SessionContext, type Session } from './session.ts'

const key = ['session']

type Props = { readonly browserClient: BrowserClient; readonly children: ReactNode }

/** Reads the session of the cookie, which scripts cannot see, and keeps the token that changes need. */
export function SessionProvider({ browserClient, children }: Props) {
  const queries = useQueryClient()
  const { client, setCsrfToken } = browserClient
  const { data, error, isPending, refetch } = useQuery({
    queryKey: key,
    queryFn: async () => {
      const session = await client.session().catch(nullIfSignedOut)
      setCsrfToken(session?.csrfToken)
      return session
    },
    staleTime: Infinity,
  })
  const session = useMemo<Session>(
    () => ({
      client,
      state: isPending ? 'loading' : (data ?? 'signed-out'),
      failure: data === undefined && error !== null ? { error, retry: () => void refetch() } : null,
      async signIn(given) {
        const started = await client.signIn(given)
        setCsrfToken(started.csrfToken)
        forgetAnswers(queries)
        queries.setQueryData(key, started)
      },
      async signOut() {
        await client.signOut()
        setCsrfToken(undefined)
        forgetAnswers(queries)
        queries.setQueryData(key, null)
      },
    }),
    [client, setCsrfToken, data, error, isPending, refetch, queries],
  )
  return <SessionContext value={session}>{children}</SessionContext>
}

/** Another key may not see them. The session itself stays, since this provider observes it. */
function forgetAnswers(queries: QueryClient): void {
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== key[0] })
}

function nullIfSignedOut(error: unknown): null {
  if (error instanceof GoalpostError && ['missing-key', 'invalid-session'].includes(error.code)) return null
  throw error
}
