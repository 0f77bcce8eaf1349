import { webhookFilter, webhookFormat, webhookSpec, type WebhookWithSecret } from '@goalpost/contracts'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useSession } from '../session/session.ts'
import { ErrorPanel } from '../shell/error-panel.tsx'

const blank = { name: '', url: '', format: 'standard', events: '*' }
/** All events of a kind, or one of them. */
const filters = webhookFilter.options

/** Subscribes an address to events. The answer has the secret of its signatures. */
export function NewWebhookForm({ onCreated }: { readonly onCreated: (created: WebhookWithSecret) => void }) {
  const { client } = useSession()
  const [given, setGiven] = useState(blank)
  const wanted = webhookSpec.safeParse({ ...given, events: [given.events] })
  const create = useMutation({
    mutationFn: client.createWebhook,
    onSuccess: (created) => {
      setGiven(blank)
      onCreated(created)
    },
  })
  const set = (change: Partial<typeof blank>): void => setGiven({ ...given, ...change })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (wanted.success) create.mutate(wanted.data)
  }
  const problem = given.name === '' || given.url === '' ? undefined : wanted.error?.issues[0]
  return (
    <>
      <form className="choices" onSubmit={submit}>
        <label className="field">
          Name
          <input required maxLength={80} value={given.name} onChange={({ target }) => set({ name: target.value })} />
        </label>
        <label className="field wide-field">
          Address
          <input
            required
            type="url"
            placeholder="https://"
            value={given.url}
            onChange={({ target }) => set({ url: target.value })}
          />
        </label>
        <Choice title="Events" options={filters} value={given.events} onChange={(events) => set({ events })} />
        <Choice
          title="Format"
          options={webhookFormat.options}
          value={given.format}
          onChange={(format) => set({ format })}
        />
        <button type="submit" disabled={create.isPending || !wanted.success}>
          Create webhook
        </button>
      </form>
      <p role="status" className="problem">
        {problem !== undefined && `${problem.path.join(' ')}: ${problem.message}`}
      </p>
      {create.isError && <ErrorPanel error={create.error} title="The webhook was not created" />}
    </>
  )
}

type ChoiceProps = {
  readonly title: string
  readonly options: readonly string[]
  readonly value: string
  readonly onChange: (value: string) => void
}

function Choice({ title, options, value, onChange }: ChoiceProps) {
  return (
    <label className="field">
      {title}
      <select value={value} onChange={({ target }) => onChange(target.value)}>
        {options.map((option) => (
          <option key={option} value={option}>
            {option === '*' ? 'all' : option}
          </option>
        ))}
      </select>
    </label>
  )
}
