import type { WebhookDeliveries, WebhookStore } from '@goalpost/experiments'
import type { Database } from '../database/open-database.ts'
import type { Changes } from '../tasks/change.ts'
import { createWebhook, deleteWebhook, enableWebhook, rotateSecret } from './change-webhook.ts'
import { claimDeliveries } from './claim-deliveries.ts'
import { addTest, listDeliveries, readDelivery, redeliver } from './delivery-log.ts'
import { settleDelivery } from './settle-delivery.ts'
import { listWebhooks, readWebhook } from './webhook-views.ts'

export function createWebhookStore(database: Database, changes: Changes): WebhookStore & WebhookDeliveries {
  return {
    create: (workspaceId, webhook, actor) =>
      changes.run(async (change) => {
        if (!(await createWebhook(change, workspaceId, { ...webhook, actor }))) return null
        return readWebhook(change.queries, workspaceId, webhook.spec.name)
      }),
    list: (workspaceId, query) => database.query((queries) => listWebhooks(queries, workspaceId, query)),
    get: (workspaceId, name) => database.query((queries) => readWebhook(queries, workspaceId, name)),
    rotate: (workspaceId, name, secret, actor) =>
      changes.run((change) => rotateSecret(change, { workspaceId, name, actor }, secret)),
    enable: (workspaceId, name, actor) => changes.run((change) => enableWebhook(change, { workspaceId, name, actor })),
    delete: (workspaceId, name, actor) => changes.run((change) => deleteWebhook(change, { workspaceId, name, actor })),
    test: (workspaceId, name) => changes.run((change) => addTest(change, { workspaceId, name })),
    deliveries: (workspaceId, name, query) =>
      database.snapshot((queries) => listDeliveries(queries, { workspaceId, name }, query)),
    delivery: (workspaceId, name, id) =>
      database.snapshot((queries) => readDelivery(queries, { workspaceId, name, id })),
    redeliver: (workspaceId, name, id) => changes.run((change) => redeliver(change, { workspaceId, name, id })),
    claim: (limits) => changes.run((change) => claimDeliveries(change, limits)),
    settle: (claimed, outcome) => changes.run((change) => settleDelivery(change, claimed, outcome)),
  }
}
