import type { CreatedInvitation } from '@goalpost/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useSession } from '../session/session.ts'
import { PageList } from '../shell/page-list.tsx'
import { sourceOf } from '../shell/read-pages.ts'
import { usePages } from '../shell/use-pages.ts'
import { InvitationTable } from './invitation-table.tsx'
import { NewInvitationForm } from './new-invitation-form.tsx'
import { SecretNotice } from './secret-notice.tsx'

/** Links that give people a key of the workspace. */
export function Invitations() {
  const { client } = useSession()
  const queries = useQueryClient()
  const invitations = usePages(
    ['invitations'],
    sourceOf(
      (query) => client.invitations(query),
      ({ id }) => id,
    ),
  )
  const [created, setCreated] = useState<CreatedInvitation | null>(null)
  const onCreated = (given: CreatedInvitation): void => {
    setCreated(given)
    void queries.invalidateQueries({ queryKey: ['invitations'] })
  }
  return (
    <section aria-labelledby="invitations">
      <h2 id="invitations">Invitations</h2>
      <p className="note">
        A link that gives the first person who accepts it a key of the workspace. The key is then listed under Keys.
      </p>
      <NewInvitationForm onCreated={onCreated} />
      {created !== null && (
        <SecretNotice
          title={`The invitation of ${created.invitation.name}`}
          secret={location.origin + created.path}
          kind="link"
          onDone={() => setCreated(null)}
        />
      )}
      <PageList pages={invitations} empty={<p className="none">None.</p>}>
        {(items) => <InvitationTable invitations={items} />}
      </PageList>
    </section>
  )
}
