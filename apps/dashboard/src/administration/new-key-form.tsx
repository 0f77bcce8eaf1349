import { apiKeyScope, newApiKey, type CreatedApiKey, type NewApiKeyInput } from '@goalpost/contracts'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useSession } from '../session/session.ts'
import { ErrorPanel } from '../shell/error-panel.tsx'

/** What each scope adds to those before it. */
const meanings: Readonly<Record<(typeof apiKeyScope.options)[number], string>> = {
  read: 'see everything in the workspace',
  submit: 'also submit experiments, upload files, use tools',
  manage: 'also cancel, change and delete experiments, models, gates, webhooks',
  admin: 'also manage keys and read the audit log',
}

type Props = {
  readonly onCreated: (created: CreatedApiKey) => void
  /** Of another workspace; without it, of the session's. */
  readonly workspace?: string
}

/** Makes a key. The answer has its secret, which is shown nowhere else. */
export function NewKeyForm({ onCreated, workspace }: Props) {
  const { client } = useSession()
  const [name, setName] = useState('')
  const [scope, setScope] = useState<NonNullable<NewApiKeyInput['scope']>>(workspace === undefined ? 'submit' : 'admin')
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
        <label className="field">
          Scope
          <select value={scope} onChange={({ target }) => setScope(apiKeyScope.parse(target.value))}>
            {apiKeyScope.options.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </label>
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
      <p className="note">
        <code>{scope}</code>: {meanings[scope]}.
      </p>
      {create.isError && <ErrorPanel error={create.error} title="The key was not created" />}
    </>
  )
}
