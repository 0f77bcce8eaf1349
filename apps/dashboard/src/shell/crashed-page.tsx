import { ErrorPanel } from './error-panel.tsx'

/** In place of a page whose code has thrown; the header stays. */
export function CrashedPage({ error, reset }: { readonly error: unknown; readonly reset: () => void }) {
  return <ErrorPanel heading="h1" error={error} retry={reset} />
}
