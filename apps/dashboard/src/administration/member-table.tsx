import type { MemberView } from '@goalpost/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ActionTable } from './action-table.tsx'
import { ConfirmButton } from '../design/confirm-button.tsx'
import { RelativeTime } from '../design/relative-time.tsx'
import { useSession } from '../session/session.ts'
import { explainError } from '../shell/explain-error.ts'
import { MemberScope } from './member-scope.tsx'

/** Members, newest first; each can be given another scope, and be removed. */
export function MemberTable({ members }: { readonly members: readonly MemberView[] }) {
  return (
    <ActionTable label="Members of the workspace" titles={['address', 'scope', 'last sign-in', 'added']}>
      {members.map((member) => (
        <MemberRow key={member.id} member={member} />
      ))}
    </ActionTable>
  )
}

function MemberRow({ member }: { readonly member: MemberView }) {
  const { id, email, createdAt, signedInAt } = member
  const { client } = useSession()
  const queries = useQueryClient()
  const onSuccess = () => queries.invalidateQueries({ queryKey: ['members'] })
  const remove = useMutation({ mutationFn: () => client.removeMember(id), onSuccess })
  return (
    <tr>
      <th scope="row">{email}</th>
      <td>
        <MemberScope member={member} />
      </td>
      <td>{signedInAt === null ? 'never' : <RelativeTime at={signedInAt} />}</td>
      <td>
        <RelativeTime at={createdAt} />
      </td>
      <td>
        <ConfirmButton action="Remove" subject={email} isPending={remove.isPending} onConfirm={() => remove.mutate()}>
          <p>They are signed out everywhere at once, and can sign in again only if they are added again.</p>
        </ConfirmButton>
        {remove.isError && (
          <span role="alert" className="problem">
            {explainError(remove.error)}
          </span>
        )}
      </td>
    </tr>
  )
}
