import type { ApiKeyScope, MemberView } from '@goalpost/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useSession } from '../session/session.ts'
import { explainError } from '../shell/explain-error.ts'
import { ScopeSelect } from './scope-field.tsx'

/** What a member may do. A button applies another scope: arrow keys go through all of them. */
export function MemberScope({ member: { id, email, scope } }: { readonly member: MemberView }) {
  const { client } = useSession()
  const queries = useQueryClient()
  const [chosen, setChosen] = useState<ApiKeyScope | null>(null)
  const change = useMutation({
    mutationFn: (to: ApiKeyScope) => client.changeMember(id, { scope: to }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['members'] })
      setChosen(null)
    },
  })
  const isOther = chosen !== null && chosen !== scope
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (isOther) change.mutate(chosen)
  }
  return (
    <form className="choices" onSubmit={submit}>
      <ScopeSelect
        scope={chosen ?? scope}
        setScope={setChosen}
        label={`Scope of ${email}`}
        disabled={change.isPending}
      />
      {isOther && (
        <button type="submit" disabled={change.isPending} aria-label={`Change ${email} from ${scope} to ${chosen}`}>
          Change
        </button>
      )}
      {change.isError && (
        <span role="alert" className="problem">
          {explainError(change.error)}
        </span>
      )}
    </form>
  )
}
