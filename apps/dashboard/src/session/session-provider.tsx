import { createClient } from '@goalpost/client'
import { GoalpostError } from '@goalpost/contracts'
import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useMemo, useRef, type ReactNode } from 'react'
import { SessionContext, type Session } from './session.ts'

const key = ['session']

/** Reads the session of the cookie, which scripts cannot see, and keeps the token that changes need. */
export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const queries = useQueryClient()
  const csrfToken = useRef<string | undefined>(undefined)
  const client = useMemo(() => createClient({ baseUrl: location.origin, csrfToken: () => csrfToken.current }), [])
  const { data, isPending } = useQuery({
    queryKey: key,
    queryFn: async () => {
      const session = await client.session().catch(nullIfSignedOut)
      csrfToken.current = session?.csrfToken
      return session
    },
    staleTime: Infinity,
  })
  const session = useMemo<Session>(
    () => ({
      client,
      state: isPending ? 'loading' : (data ?? 'signed-out'),
      async signIn(given) {
        const started = await client.signIn(given)
        csrfToken.current = started.csrfToken
        forgetAnswers(queries)
        queries.setQueryData(key, started)
      },
      async signOut() {
        await client.signOut()
        csrfToken.current = undefined
        forgetAnswers(queries)
        queries.setQueryData(key, null)
      },
    }),
    [client, data, isPending, queries],
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
