import { newInvitation, type ApiKeyScope, type CreatedInvitation, type NewInvitationInput } from '@goalpost/contracts'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useSession } from '../session/session.ts'
import { DaysField, NameField, ScopedForm } from './scoped-form.tsx'

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
  return (
    <ScopedForm
      label="New invitation"
      who={<NameField title="Who is invited" name={name} setName={setName} />}
      {...{ scope, setScope }}
      action="Create link"
      isReady={wanted.success && !invite.isPending}
      onSubmit={() => wanted.success && invite.mutate(wanted.data)}
      failure={{ title: 'The invitation was not created', error: invite.error }}
    >
      <DaysField title="Days until the link expires" {...{ days, setDays }} most={30} />
    </ScopedForm>
  )
}
