import type { WebhookWithSecret } from '@goalpost/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useMay, useSession } from '../session/session.ts'
import { PageList } from '../shell/page-list.tsx'
import { sourceOf } from '../shell/read-pages.ts'
import { usePages } from '../shell/use-pages.ts'
import { useTitle } from '../shell/use-title.ts'
import { NewWebhookForm } from './new-webhook-form.tsx'
import { SecretNotice } from './secret-notice.tsx'
import { WebhookCard } from './webhook-card.tsx'
import { PanelBoundary } from '../shell/panel-boundary.tsx'

const pollMs = 10_000

/** Programs that are told of the workspace's events, and whether they listen. */
export function WebhooksPage() {
  useTitle('Webhooks')
  const { client } = useSession()
  const queries = useQueryClient()
  const may = useMay('manage')
  const webhooks = usePages(
    ['webhooks'],
    sourceOf(
      (query) => client.webhooks(query),
      ({ name }) => name,
    ),
    { refetchInterval: pollMs },
  )
  const [shown, setShown] = useState<WebhookWithSecret | null>(null)
  const onSecret = (given: WebhookWithSecret): void => {
    setShown(given)
    void queries.invalidateQueries({ queryKey: ['webhooks'] })
  }
  return (
    <>
      {may && (
        <section aria-labelledby="new-webhook">
          <h2 id="new-webhook">New webhook</h2>
          <PanelBoundary>
            <NewWebhookForm onCreated={onSecret} />
          </PanelBoundary>
        </section>
      )}
      {shown !== null && (
        <SecretNotice title={`The webhook ${shown.webhook.name}`} secret={shown.secret} onDone={() => setShown(null)} />
      )}
      <section aria-labelledby="webhooks">
        <h2 id="webhooks">Webhooks</h2>
        <PageList
          pages={webhooks}
          empty={<p className="none">None. A webhook sends events, such as a failed gate, to an address of yours.</p>}
        >
          {(items) => (
            <ul className="gate-runs">
              {items.map((webhook) => (
                <li key={webhook.id} className="card">
                  <PanelBoundary>
                    <WebhookCard webhook={webhook} onRotated={onSecret} />
                  </PanelBoundary>
                </li>
              ))}
            </ul>
          )}
        </PageList>
      </section>
    </>
  )
}
