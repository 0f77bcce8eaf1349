import type { Tone, WebhookDeliveryView } from '@goalpost/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { RelativeTime } from '../design/relative-time.tsx'
import { ToneIcon } from '../design/tone-icon.tsx'
import { useMay, useSession } from '../session/session.ts'
import { explainError } from '../shell/explain-error.ts'
import { PageList } from '../shell/page-list.tsx'
import { sourceOf } from '../shell/read-pages.ts'
import { usePages } from '../shell/use-pages.ts'

const pollMs = 3_000
const pageSize = 20

/** What was sent to a webhook, newest first, each with what came of it. */
export function DeliveryList({ webhook }: { readonly webhook: string }) {
  const { client } = useSession()
  const deliveries = usePages(
    ['deliveries', webhook],
    sourceOf(
      (query) => client.webhookDeliveries(webhook, query),
      ({ id }) => id,
      pageSize,
    ),
    {
      refetchInterval: pollMs,
    },
  )
  return (
    <PageList pages={deliveries} empty={<p className="none">Nothing has been sent yet.</p>}>
      {(items) => (
        <ol className="deliveries">
          {items.map((delivery) => (
            <Delivery key={delivery.id} webhook={webhook} delivery={delivery} />
          ))}
        </ol>
      )}
    </PageList>
  )
}

const tones: Readonly<Record<WebhookDeliveryView['state'], Tone>> = {
  pending: 'neutral',
  delivered: 'good',
  failed: 'bad',
  dropped: 'bad',
}

type Props = { readonly webhook: string; readonly delivery: WebhookDeliveryView }

function Delivery({ webhook, delivery }: Props) {
  const { type, subject, state, attempts, nextAttemptAt, createdAt } = delivery
  const last = attempts.at(-1)
  return (
    <li>
      <span className={`state tone-${tones[state]}`}>
        <ToneIcon tone={tones[state]} />
        {state}
      </span>{' '}
      <b>{type}</b> {subject !== null && <code>{subject}</code>} <RelativeTime at={createdAt} />
      {last !== undefined && (
        <small>
          {' '}
          attempt {last.number}: {last.error ?? `answered ${last.status}`} in {last.durationMs} ms
          {nextAttemptAt !== null && `; next attempt at ${new Date(nextAttemptAt).toLocaleTimeString()}`}
        </small>
      )}
      {state !== 'pending' && <Redeliver webhook={webhook} delivery={delivery} />}
    </li>
  )
}

function Redeliver({ webhook, delivery: { id, type } }: Props) {
  const { client } = useSession()
  const queries = useQueryClient()
  const may = useMay('manage')
  const again = useMutation({
    mutationFn: () => client.redeliverWebhook(webhook, id),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['deliveries', webhook] }),
  })
  if (!may) return null
  return (
    <>
      {' '}
      <button
        type="button"
        className="small"
        disabled={again.isPending}
        aria-label={`Send again: ${type}`}
        onClick={() => again.mutate()}
      >
        Send again
      </button>
      {again.isError && (
        <span role="alert" className="problem">
          {' '}
          {explainError(again.error)}
        </span>
      )}
    </>
  )
}
