import { newApiKey, type ApiKeyScope, type CreatedApiKey, type NewApiKeyInput } from '@goalpost/contracts'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useSession } from '../session/session.ts'
import { ErrorPanel } from '../shell/error-panel.tsx'
import { ScopeField, ScopeMeaning } from './scope-field.tsx'

type Props = {
  readonly onCreated: (created: CreatedApiKey) => void
  /** Of another workspace; without it, of the session's. */
  readonly workspace?: string
}

/** Makes a key. The answer has its secret, which is shown nowhere else. */
export function NewKeyForm({ onCreated, workspace }: Props) {
  const { client } = useSession()
  const [name, setName] = useState('')
  const [scope, setScope] = useState<ApiKeyScope>(workspace === undefined ? 'submit' : 'admin')
  const [days, setDays] = useState('')
  const wanted = newApiKey.safeParse({ name, scope, ...(days === '' ? {} : { expiresInDays: Number(days) }) })
  const create = useMutation({
    mutationFn: (key: NewApiKeyInput) =>
      workspace === undefined ? client.createKey(key) : client.createWorkspaceKey(workspace, key),
    onSuccess: (created) => {
      setName('')
      onCreated(created)
    },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (wanted.success) create.mutate(wanted.data)
  }
  return (
    <>
      <form className="choices" onSubmit={submit}>
        <label className="field">
          Who or what uses it
          <input required maxLength={120} value={name} onChange={({ target }) => setName(target.value)} />
        </label>
        <ScopeField scope={scope} setScope={setScope} />
        <label className="field">
          Days until it expires
          <input
            type="number"
            min={1}
            max={3_650}
            placeholder="never"
            value={days}
            onChange={({ target }) => setDays(target.value)}
          />
        </label>
        <button type="submit" disabled={create.isPending || !wanted.success}>
          Create key
        </button>
      </form>
      <ScopeMeaning scope={scope} />
      {create.isError && <ErrorPanel error={create.error} title="The key was not created" />}
    </>
  )
}
