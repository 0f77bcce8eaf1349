import { newInvitation, type ApiKeyScope, type CreatedInvitation, type NewInvitationInput } from '@goalpost/contracts'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useSession } from '../session/session.ts'
import { ErrorPanel } from '../shell/error-panel.tsx'
import { ScopeField, ScopeMeaning } from './scope-field.tsx'

type Props = { readonly onCreated: (created: CreatedInvitation) => void }

/** The answer has the link, which is shown nowhere else. */
export function NewInvitationForm({ onCreated }: Props) {
  const { client } = useSession()
  const [name, setName] = useState('')
  const [scope, setScope] = useState<ApiKeyScope>('submit')
  const [days, setDays] = useState('7')
  const wanted = newInvitation.safeParse({ name, scope, expiresInDays: Number(days) })
  const invite = useMutation({
    mutationFn: (invitation: NewInvitationInput) => client.invite(invitation),
    onSuccess: (created) => {
      setName('')
      onCreated(created)
    },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (wanted.success) invite.mutate(wanted.data)
  }
  return (
    <>
      <form className="choices" aria-label="New invitation" onSubmit={submit}>
        <label className="field">
          Who is invited
          <input required maxLength={120} value={name} onChange={({ target }) => setName(target.value)} />
        </label>
        <ScopeField scope={scope} setScope={setScope} />
        <label className="field">
          Days until the link expires
          <input
            type="number"
            required
            min={1}
            max={30}
            value={days}
            onChange={({ target }) => setDays(target.value)}
          />
        </label>
        <button type="submit" disabled={invite.isPending || !wanted.success}>
          Create link
        </button>
      </form>
      <ScopeMeaning scope={scope} />
      {invite.isError && <ErrorPanel error={invite.error} title="The invitation was not created" />}
    </>
  )
}
