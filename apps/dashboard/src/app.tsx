import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useState } from 'react'
import { createPages } from './router.tsx'
import { isRetryable } from './shell/explain-error.ts'
import { SessionProvider } from './session/session-provider.tsx'

const mostRetries = 2

export function App() {
  const [queries] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: { staleTime: 2_000, retry: (count, error) => count < mostRetries && isRetryable(error) },
        },
      }),
  )
  const [router] = useState(createPages)
  return (
    <QueryClientProvider client={queries}>
      <SessionProvider>
        <RouterProvider router={router} />
      </SessionProvider>
    </QueryClientProvider>
  )
}
