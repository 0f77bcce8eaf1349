import { newMember, type ApiKeyScope, type NewMemberInput } from '@goalpost/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useSession } from '../session/session.ts'
import { ScopedForm } from './scoped-form.tsx'

/** `provider`: as the sign-in page names it. */
export function NewMemberForm({ provider }: { readonly provider: string }) {
  const { client } = useSession()
  const queries = useQueryClient()
  const [email, setEmail] = useState('')
  const [scope, setScope] = useState<ApiKeyScope>('submit')
  const wanted = newMember.safeParse({ email: email.trim(), scope })
  const add = useMutation({
    mutationFn: (member: NewMemberInput) => client.addMember(member),
    onSuccess: () => {
      setEmail('')
      return queries.invalidateQueries({ queryKey: ['members'] })
    },
  })
  const address = (
    <label className="field wide-field">
      E-mail address of the account at {provider}
      <input type="email" required maxLength={120} value={email} onChange={({ target }) => setEmail(target.value)} />
    </label>
  )
  return (
    <ScopedForm
      label="New member"
      who={address}
      {...{ scope, setScope }}
      action="Add member"
      isReady={wanted.success && !add.isPending}
      onSubmit={() => wanted.success && add.mutate(wanted.data)}
      failure={{ title: 'The member was not added', error: add.error }}
    />
  )
}
