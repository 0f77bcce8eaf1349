import { setTimeout as delay } from 'node:timers/promises'
import type { OutageProxy } from '@goalpost/testing/outage-proxy'
import { leaseMs, type Cluster } from './cluster.ts'
import type { Program } from './program.ts'

/** A number from 0 up to 1. */
export type Random = () => number

export type Fault = {
  readonly name: string
  /** Resolves when the fault is over; false: there was nothing to strike. */
  strike(cluster: Cluster, random: Random): Promise<boolean>
}

const longerThanLeaseMs = leaseMs + 1_500

const ofPrograms: readonly Fault[] = [
  {
    name: 'trainers of a worker: SIGKILL',
    strike: async ({ workers }, random) => oneOf(workers, random).killChildren(),
  },
  { name: 'worker: SIGKILL', strike: async ({ workers }, random) => kill(oneOf(workers, random)) },
  { name: 'API: SIGKILL', strike: async ({ api }) => kill(api) },
  {
    name: 'worker: SIGSTOP for longer than a lease',
    async strike({ workers }, random) {
      const worker = oneOf(workers, random)
      if (!worker.signal('SIGSTOP')) return false
      await delay(longerThanLeaseMs)
      worker.signal('SIGCONT')
      return true
    },
  },
  {
    name: 'database: all connections break',
    strike: ({ databaseRelay }) => outage(databaseRelay, 0),
  },
  {
    name: 'database: gone for longer than a lease',
    strike: ({ databaseRelay }) => outage(databaseRelay, longerThanLeaseMs),
  },
]

type RedisOf = NonNullable<Cluster['redis']>

const ofRedis: readonly Fault[] = [
  { name: 'Redis: FLUSHALL', strike: ({ redis }) => withRedis(redis, ({ server }) => server.flush()) },
  { name: 'Redis: SIGKILL, started with its data', strike: ({ redis }) => withRedis(redis, restart) },
  {
    name: 'Redis: SIGKILL, started without its data',
    strike: ({ redis }) => withRedis(redis, (of) => restart(of, () => of.server.forget())),
  },
  {
    name: 'Redis: gone for longer than a lease',
    strike: ({ redis }) => withRedis(redis, async ({ relay }) => void (await outage(relay, longerThanLeaseMs))),
  },
]

/** What can strike this cluster. */
export function faultsOf(cluster: Pick<Cluster, 'redis'>): readonly Fault[] {
  return cluster.redis === null ? ofPrograms : [...ofPrograms, ...ofRedis]
}

const kill = (program: Program): boolean => program.signal('SIGKILL')

export function oneOf<T>(list: readonly T[], random: Random): T {
  const chosen = list[Math.floor(random() * list.length)]
  if (chosen === undefined) throw new Error('nothing to choose from')
  return chosen
}

async function outage(relay: OutageProxy, ms: number): Promise<boolean> {
  await relay.disappear()
  await delay(ms)
  await relay.reappear()
  return true
}

async function withRedis(redis: Cluster['redis'], strike: (redis: RedisOf) => Promise<void>): Promise<boolean> {
  if (redis === null) return false
  await strike(redis)
  return true
}

async function restart({ server }: RedisOf, meanwhile = async () => {}): Promise<void> {
  await server.kill()
  await meanwhile()
  await server.start()
}
