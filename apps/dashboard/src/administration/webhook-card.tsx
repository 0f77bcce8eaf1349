import type { WebhookView, WebhookWithSecret } from '@goalpost/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ConfirmButton } from '../design/confirm-button.tsx'
import { RelativeTime } from '../design/relative-time.tsx'
import { ToneIcon } from '../design/tone-icon.tsx'
import { useMay, useSession } from '../session/session.ts'
import { explainError } from '../shell/explain-error.ts'
import { DeliveryList } from './delivery-list.tsx'

type Props = { readonly webhook: WebhookView; readonly onRotated: (changed: WebhookWithSecret) => void }

/** One webhook: where it sends what, whether it works, and its deliveries. */
export function WebhookCard({ webhook, onRotated }: Props) {
  const { name, url, events, format, state, disabledReason, lastSuccessAt, pending } = webhook
  const [isOpen, setOpen] = useState(false)
  const may = useMay('manage')
  const tone = state === 'active' ? 'good' : 'bad'
  return (
    <>
      <h3>
        {name}{' '}
        <span className={`state tone-${tone}`}>
          <ToneIcon tone={tone} />
          {state}
        </span>
      </h3>
      <p>
        <code>{url}</code>
      </p>
      <p className="soft">
        {events.map((event) => (event === '*' ? 'all events' : event)).join(', ')}; format {format};{' '}
        {lastSuccessAt === null ? (
          'nothing delivered yet'
        ) : (
          <>
            last delivered <RelativeTime at={lastSuccessAt} />
          </>
        )}
        {pending > 0 && `; ${pending} waiting`}
      </p>
      {disabledReason !== null && <p className="notice">{disabledReason}</p>}
      {may && <WebhookActions webhook={webhook} onRotated={onRotated} onTested={() => setOpen(true)} />}
      <details open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>Deliveries</summary>
        {isOpen && <DeliveryList webhook={name} />}
      </details>
    </>
  )
}

type ActionsProps = Props & { readonly onTested: () => void }

function WebhookActions({ webhook: { name, state }, onRotated, onTested }: ActionsProps) {
  const { client } = useSession()
  const queries = useQueryClient()
  const readAgain = () => queries.invalidateQueries({ queryKey: ['webhooks'] })
  const test = useMutation({
    mutationFn: () => client.testWebhook(name),
    onSuccess: () => {
      onTested()
      return queries.invalidateQueries({ queryKey: ['deliveries', name] })
    },
  })
  const rotate = useMutation({ mutationFn: () => client.rotateWebhook(name), onSuccess: onRotated })
  const enable = useMutation({ mutationFn: () => client.enableWebhook(name), onSuccess: readAgain })
  const remove = useMutation({ mutationFn: () => client.deleteWebhook(name), onSuccess: readAgain })
  const error = [test, rotate, enable, remove].find(({ isError }) => isError)?.error
  return (
    <>
      <p className="row-actions">
        {state === 'active' ? (
          <button
            type="button"
            disabled={test.isPending}
            onClick={() => test.mutate()}
            aria-label={`Send a test to ${name}`}
          >
            Send a test
          </button>
        ) : (
          <button type="button" disabled={enable.isPending} onClick={() => enable.mutate()}>
            Enable {name}
          </button>
        )}
        <ConfirmButton action="Rotate" subject={name} isPending={rotate.isPending} onConfirm={() => rotate.mutate()}>
          <p>It gets a new secret. For a day, messages are also signed with the present one.</p>
        </ConfirmButton>
        <ConfirmButton action="Delete" subject={name} isPending={remove.isPending} onConfirm={() => remove.mutate()}>
          <p>
            No more messages are sent, including those that are waiting. The list of its deliveries is deleted, too.
          </p>
        </ConfirmButton>
      </p>
      {error !== undefined && (
        <p role="alert" className="problem">
          {explainError(error)}
        </p>
      )}
    </>
  )
}
