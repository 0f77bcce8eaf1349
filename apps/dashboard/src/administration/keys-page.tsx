import type { CreatedApiKey } from '@goalpost/contracts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { RelativeTime } from '../design/relative-time.tsx'
import { useMay, useSession } from '../session/session.ts'
import { ErrorPanel } from '../shell/error-panel.tsx'
import { PanelBoundary } from '../shell/panel-boundary.tsx'
import { PageList } from '../shell/page-list.tsx'
import { ScopeNeeded } from '../shell/scope-needed.tsx'
import { sourceOf } from '../shell/read-pages.ts'
import { usePages } from '../shell/use-pages.ts'
import { useTitle } from '../shell/use-title.ts'
import { KeyTable } from './key-table.tsx'
import { NewKeyForm } from './new-key-form.tsx'
import { SecretNotice } from './secret-notice.tsx'

/** The key of this session; for administrators, all keys of the workspace. */
export function KeysPage() {
  useTitle('Keys')
  const isAdmin = useMay('admin')
  return (
    <>
      <PanelBoundary>
        <OwnKey />
      </PanelBoundary>
      {isAdmin ? (
        <PanelBoundary>
          <AllKeys />
        </PanelBoundary>
      ) : (
        <ScopeNeeded title="Your key may not manage keys" scope="admin">
          The keys of the workspace can be seen and changed by its administrators.
        </ScopeNeeded>
      )}
    </>
  )
}

function OwnKey() {
  const { client } = useSession()
  const own = useQuery({ queryKey: ['own-key'], queryFn: () => client.ownKey() })
  if (own.isPending) return <p className="note">Loading…</p>
  if (own.data === undefined) return <ErrorPanel error={own.error} retry={() => void own.refetch()} />
  const { name, scope, expiresAt } = own.data
  return (
    <p>
      You are signed in with the key <b>{name}</b>, which has the scope <code>{scope}</code>
      {expiresAt === null ? '' : `, until ${new Date(expiresAt).toLocaleDateString()}`}. It was made{' '}
      <RelativeTime at={own.data.createdAt} />.
    </p>
  )
}

function AllKeys() {
  const { client } = useSession()
  const queries = useQueryClient()
  const keys = usePages(
    ['keys'],
    sourceOf(
      (query) => client.keys(query),
      ({ id }) => id,
    ),
  )
  const [created, setCreated] = useState<CreatedApiKey | null>(null)
  const onCreated = (given: CreatedApiKey): void => {
    setCreated(given)
    void queries.invalidateQueries({ queryKey: ['keys'] })
  }
  return (
    <>
      <section aria-labelledby="new-key">
        <h2 id="new-key">New key</h2>
        <PanelBoundary>
          <NewKeyForm onCreated={onCreated} />
        </PanelBoundary>
        {created !== null && (
          <SecretNotice title={`The key ${created.key.name}`} secret={created.secret} onDone={() => setCreated(null)} />
        )}
      </section>
      <section aria-labelledby="keys">
        <h2 id="keys">Keys of the workspace</h2>
        <PageList pages={keys} empty={<p className="none">None.</p>}>
          {(items) => <KeyTable keys={items} onRotated={onCreated} />}
        </PageList>
      </section>
    </>
  )
}
