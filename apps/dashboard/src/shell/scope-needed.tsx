import type { ApiKeyScope } from '@goalpost/contracts'
import type { ReactNode } from 'react'

type Props = {
  /** E.g. `Your key may not open levels`. */
  readonly title: string
  readonly scope: ApiKeyScope
  /** Why it needs that scope. */
  readonly children?: ReactNode
  readonly heading?: 'h1' | 'h2'
}

/** In place of what the session's key may not do or see. */
export function ScopeNeeded({ title, scope, children, heading: Heading = 'h2' }: Props) {
  return (
    <section className="panel">
      <Heading>{title}</Heading>
      <p>
        {children} That needs a key with the scope <code>{scope}</code>: sign out, and sign in with such a key, or ask
        an administrator of the workspace for one.
      </p>
    </section>
  )
}
