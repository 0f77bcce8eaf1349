import { useQuery } from '@tanstack/react-query'
import { useMay, useSession } from '../session/session.ts'
import { PageList } from '../shell/page-list.tsx'
import { QueryProblem } from '../shell/query-problem.tsx'
import { ScopeNeeded } from '../shell/scope-needed.tsx'
import { sourceOf } from '../shell/read-pages.ts'
import { usePages } from '../shell/use-pages.ts'
import { useTitle } from '../shell/use-title.ts'
import { Invitations } from './invitations.tsx'
import { MemberTable } from './member-table.tsx'
import { NewMemberForm } from './new-member-form.tsx'
import { PanelBoundary } from '../shell/panel-boundary.tsx'

/** Who signs in with an account elsewhere, and who is invited. */
export function MembersPage() {
  useTitle('Members')
  if (!useMay('admin'))
    return (
      <ScopeNeeded title="Your key may not manage members" scope="admin">
        Members and invitations can be seen and changed by the administrators of the workspace.
      </ScopeNeeded>
    )
  return (
    <>
      <PanelBoundary>
        <Members />
      </PanelBoundary>
      <PanelBoundary>
        <Invitations />
      </PanelBoundary>
    </>
  )
}

function Members() {
  const { client } = useSession()
  const members = usePages(
    ['members'],
    sourceOf(
      (query) => client.members(query),
      ({ id }) => id,
    ),
  )
  const methods = useQuery({
    queryKey: ['sign-in-methods'],
    queryFn: () => client.signInMethods(),
    staleTime: Infinity,
  })
  const provider = methods.data?.oidc?.name
  return (
    <section aria-labelledby="members">
      <h2 id="members">Members</h2>
      <QueryProblem of={methods} what="How members sign in" />
      {methods.data?.oidc === null && (
        <p className="note">
          Members sign in with an account elsewhere, which is not set up here: see <code>GOALPOST_OIDC_ISSUER</code>.
          Invite people with a link instead.
        </p>
      )}
      {provider !== undefined && <NewMemberForm provider={provider} />}
      <PageList pages={members} empty={<p className="none">None.</p>}>
        {(items) => <MemberTable members={items} />}
      </PageList>
    </section>
  )
}
