import { QueryClient, QueryClientProvider, timeoutManager } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useState } from 'react'
import { createTabTimers } from './live/tab-timers.ts'
import { createPages } from './router.tsx'
import { createBrowserClient } from './session/browser-client.ts'
import { shouldRetry } from './shell/explain-error.ts'
import { SessionProvider } from './session/session-provider.tsx'

// Before there is a query.
timeoutManager.setTimeoutProvider(createTabTimers())

export function App() {
  const [queries] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: { staleTime: 2_000, retry: shouldRetry },
        },
      }),
  )
  const [browserClient] = useState(createBrowserClient)
  const [router] = useState(() => createPages({ queries, client: browserClient.client }))
  return (
    <QueryClientProvider client={queries}>
      <SessionProvider browserClient={browserClient}>
        <RouterProvider router={router} />
      </SessionProvider>
    </QueryClientProvider>
  )
}
