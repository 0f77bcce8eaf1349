import { newMember, type ApiKeyScope, type NewMemberInput } from '@goalpost/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useSession } from '../session/session.ts'
import { ErrorPanel } from '../shell/error-panel.tsx'
import { ScopeField, ScopeMeaning } from './scope-field.tsx'

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
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (wanted.success) add.mutate(wanted.data)
  }
  return (
    <>
      <form className="choices" onSubmit={submit}>
        <label className="field wide-field">
          E-mail address of the account at {provider}
          <input
            type="email"
            required
            maxLength={120}
            value={email}
            onChange={({ target }) => setEmail(target.value)}
          />
        </label>
        <ScopeField scope={scope} setScope={setScope} />
        <button type="submit" disabled={add.isPending || !wanted.success}>
          Add member
        </button>
      </form>
      <ScopeMeaning scope={scope} />
      {add.isError && <ErrorPanel error={add.error} title="The member was not added" />}
    </>
  )
}
