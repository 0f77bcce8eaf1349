import type { InvitationView, Tone } from '@goalpost/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ActionTable } from './action-table.tsx'
import { ConfirmButton } from '../design/confirm-button.tsx'
import { exactTime } from '../design/format-time.ts'
import { RelativeTime } from '../design/relative-time.tsx'
import { ToneIcon } from '../design/tone-icon.tsx'
import { useSession } from '../session/session.ts'
import { explainError } from '../shell/explain-error.ts'

/** Newest first; open ones can be revoked. */
export function InvitationTable({ invitations }: { readonly invitations: readonly InvitationView[] }) {
  return (
    <ActionTable label="Invitations of the workspace" titles={['invited', 'scope', 'state', 'created', 'expires']}>
      {invitations.map((invitation) => (
        <InvitationRow key={invitation.id} invitation={invitation} />
      ))}
    </ActionTable>
  )
}

const tones: Readonly<Record<InvitationView['state'], Tone>> = {
  open: 'good',
  accepted: 'neutral',
  expired: 'neutral',
  revoked: 'bad',
}

function InvitationRow({ invitation }: { readonly invitation: InvitationView }) {
  const { id, name, scope, state, createdAt, expiresAt } = invitation
  const { client } = useSession()
  const queries = useQueryClient()
  const revoke = useMutation({
    mutationFn: () => client.revokeInvitation(id),
    onSettled: () => queries.invalidateQueries({ queryKey: ['invitations'] }),
  })
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{scope}</td>
      <td>
        <span className={`state tone-${tones[state]}`}>
          <ToneIcon tone={tones[state]} />
          {state}
        </span>
      </td>
      <td>
        <RelativeTime at={createdAt} />
      </td>
      <td>
        <time dateTime={expiresAt}>{exactTime(Date.parse(expiresAt))}</time>
      </td>
      <td>
        {state === 'open' && (
          <ConfirmButton action="Revoke" subject={name} isPending={revoke.isPending} onConfirm={() => revoke.mutate()}>
            <p>The link stops working at once. This cannot be undone.</p>
          </ConfirmButton>
        )}
        {revoke.isError && (
          <span role="alert" className="problem">
            {explainError(revoke.error)}
          </span>
        )}
      </td>
    </tr>
  )
}
