import { fork } from 'node:child_process'
import path from 'node:path'
import type { Client } from '@goalpost/client'

/** A message whose signature was right, with the fields of a gate run's event. */
export type ReceivedMessage = {
  /** The name of the webhook. */
  readonly subscriber: string
  readonly id: string
  readonly type: string
  readonly run: string
  readonly gate: string
  readonly version: number
  readonly outcome: string | null
}

export type Receiver = {
  readonly messages: readonly ReceivedMessage[]
  /** The number of requests whose signature was wrong. */
  refused(): number
  /** Creates a webhook for the ends of gate runs. */
  subscribe(client: Client, name: string): Promise<void>
  /** Sends a request that the subscriber's secret did not sign. */
  forge(name: string): Promise<number>
  stop(): void
}

type Report = {
  readonly path: string
  readonly port?: number
  readonly refused?: true
  readonly id: string
  readonly type: string
  readonly data: { readonly gate: string; readonly version: number; readonly outcome?: string; run: { id: string } }
}

/** Starts the process, which stays when the service is killed. */
export async function startReceiver(): Promise<Receiver> {
  const child = fork(path.join(import.meta.dirname, 'receiver-process.ts'))
  const messages: ReceivedMessage[] = []
  let refused = 0
  const port = await new Promise<number>((resolve) => {
    child.on('message', (report: Report) => {
      if (report.port !== undefined) resolve(report.port)
      else if (report.refused) refused += 1
      else messages.push(readReport(report))
    })
  })
  const urlOf = (name: string) => `http://127.0.0.1:${port}/${name}`
  return {
    messages,
    refused: () => refused,
    async subscribe(client, name) {
      const { secret } = await client.createWebhook({ name, url: urlOf(name), events: ['gate-run.ended'] })
      child.send({ path: `/${name}`, secret })
    },
    async forge(name) {
      const headers = { 'webhook-id': 'msg_1', 'webhook-timestamp': String(Math.floor(Date.now() / 1_000)) }
      const signature = { 'webhook-signature': `v1,${Buffer.alloc(32).toString('base64')}` }
      const sent = { method: 'POST', headers: { ...headers, ...signature }, body: '{}' }
      return (await fetch(urlOf(name), sent)).status
    },
    stop: () => void child.kill('SIGKILL'),
  }
}

function readReport({ path: place, id, type, data }: Report): ReceivedMessage {
  const { gate, version, outcome = null, run } = data
  return { subscriber: place.slice(1), id, type, run: run.id, gate, version, outcome }
}
