import { newApiKey, type ApiKeyScope, type CreatedApiKey, type NewApiKeyInput } from '@goalpost/contracts'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useSession } from '../session/session.ts'
import { DaysField, NameField, ScopedForm } from './scoped-form.tsx'

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
  return (
    <ScopedForm
      label={workspace === undefined ? 'New key' : `New key of ${workspace}`}
      who={<NameField title="Who or what uses it" name={name} setName={setName} />}
      {...{ scope, setScope }}
      action="Create key"
      isReady={wanted.success && !create.isPending}
      onSubmit={() => wanted.success && create.mutate(wanted.data)}
      failure={{ title: 'The key was not created', error: create.error }}
    >
      <DaysField title="Days until it expires" {...{ days, setDays }} most={3_650} empty="never" />
    </ScopedForm>
  )
}
