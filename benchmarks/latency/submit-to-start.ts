/**
 * How long a submitted experiment waits on an idle embedded service, compared with a bare BullMQ job on Redis on the
 * same machine: from the request to the claim in PostgreSQL, and to the end of an experiment with next to nothing to
 * compute.
 *
 *     node benchmarks/latency/submit-to-start.ts [submissions]
 */
import { createJobConsumer, createJobProducer } from '@goalpost/queue'
import { startTestRedis } from '@goalpost/testing/redis-server'
import { createEmbedded, waitUntil } from '../../tests/embedded.ts'

const submissions = Number(process.argv[2] ?? 30)

const spec = {
  apiVersion: 'goalpost/v1',
  protocol: 'goodhart',
  name: 'latency',
  fresh: true,
  seeds: 1,
  options: { draws: 4096 },
}

type Row = { readonly what: string; readonly times: readonly number[] }

async function measureService(): Promise<Row[]> {
  const embedded = createEmbedded({ workers: 1 })
  const answered: number[] = []
  const claimed: number[] = []
  const ended: number[] = []
  try {
    const { client } = await embedded.start()
    // The first one includes loading the trainer.
    for (let index = -2; index < submissions; index++) {
      const sentAt = Date.now()
      const { experiment } = await client.submit(spec)
      const answeredAt = Date.now()
      await waitUntil('the experiment has ended', async () => {
        const { state } = await client.experiment(experiment.id)
        if (state === 'failed') throw new Error('the experiment failed')
        return state === 'succeeded'
      })
      const { runs } = await client.experiment(experiment.id)
      const [attempt] = (await client.task(runs[0]?.tasks[0]?.id ?? '')).attemptHistory
      if (index < 0 || attempt === undefined) continue
      answered.push(answeredAt - sentAt)
      claimed.push(Date.parse(attempt.startedAt) - sentAt)
      ended.push(Date.now() - sentAt)
    }
  } finally {
    await embedded.stop()
    embedded.remove()
  }
  return [
    { what: 'Goalpost: request → 201', times: answered },
    { what: 'Goalpost: request → task claimed', times: claimed },
    { what: 'Goalpost: request → experiment succeeded', times: ended },
  ]
}

async function measureBareQueue(): Promise<Row> {
  const redis = await startTestRedis()
  const connection = { kind: 'redis', url: redis.url } as const
  let arrived: () => void = () => {}
  const onError = (error: unknown) => console.error(error)
  const consumer = await createJobConsumer(connection, {
    device: 'cpu',
    concurrency: 1,
    onError,
    handler: () => Promise.resolve(arrived()),
  })
  const producer = await createJobProducer(connection, { onError })
  const times: number[] = []
  for (let index = 0; index < submissions; index++) {
    const handled = new Promise<void>((resolve) => (arrived = resolve))
    const sentAt = performance.now()
    await producer.add([{ taskId: crypto.randomUUID(), epoch: 0, jobId: `job-${index}`, device: 'cpu', lane: 'any' }])
    await handled
    times.push(performance.now() - sentAt)
  }
  await consumer.close()
  await producer.close()
  await redis.close()
  return { what: 'bare BullMQ on Redis: add → handler', times }
}

function quantile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

const rows = [await measureBareQueue(), ...(await measureService())]
const base = quantile(rows[0]?.times ?? [], 0.5)
console.log(`${submissions} submissions, one after the other; milliseconds`)
console.log('| what | median | 90 % | slowest | ratio |\n|---|---|---|---|---|')
for (const { what, times } of rows) {
  const [median, most, worst] = [0.5, 0.9, 1].map((share) => quantile(times, share))
  console.log(
    `| ${what} | ${median?.toFixed(1)} | ${most?.toFixed(1)} | ${worst?.toFixed(1)} | ${((median ?? 0) / base).toFixed(1)} |`,
  )
}
