import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { createArtifactStore } from '@goalpost/artifacts'
import type { Client } from '@goalpost/client'
import type { ExperimentView } from '@goalpost/contracts'
import pg from 'pg'
import { openInvariants } from '../faults/invariants.ts'
import { startCluster, type Cluster, type Queue } from './cluster.ts'
import { faultsOf, oneOf, type Random } from './faults.ts'

export type SoakPlan = {
  readonly queue: Queue
  /** Stops submitting after this many runs, ... */
  readonly runs: number
  /** ... or after this time, when faults end too. */
  readonly limitMs: number
  /** Experiments that are open at a time. */
  readonly openAtOnce: number
  /** Between the end of a fault and the next one; up to half more or less. */
  readonly pauseMs: number
  /** Of the random numbers that choose faults and pauses. */
  readonly seed: number
  /** Stops submitting. */
  readonly signal?: AbortSignal
  readonly report?: (line: string) => void
}

export type Soaked = {
  readonly queue: Queue
  readonly seconds: number
  readonly runs: {
    readonly submitted: number
    readonly equal: number
    readonly different: number
    readonly other: number
  }
  /** How often each fault struck. */
  readonly faults: Readonly<Record<string, number>>
  /** How attempts ended, by outcome or code of the failure. */
  readonly attempts: Readonly<Record<string, number>>
  readonly brokenInvariants: readonly string[]
}

const seeds = 5
const spec = {
  apiVersion: 'goalpost/v1',
  protocol: 'rl-shift',
  name: 'soak',
  seeds,
  fresh: true,
  options: {
    environment: 'corner',
    parameters: { size: 3, maxSteps: 16, discount: 0.99 },
    steps: 16_384,
    network: { kind: 'mlp', hidden: [32], crop: 1 },
    ppo: { environments: 64, rolloutSteps: 16 },
    evaluation: { checkpoints: 1, curveLevels: 64 },
    suites: [
      { name: 'in-distribution', role: 'in-distribution', distribution: 'training', levels: 64 },
      { name: 'shifted', role: 'shifted', distribution: 'distinguishing', levels: 64 },
    ],
  },
}

const stuckMs = 900_000

/** Submits one experiment after the other to a cluster that a random fault strikes every few seconds. */
export async function soak(plan: SoakPlan): Promise<Soaked> {
  const cluster = await startCluster(plan.queue)
  try {
    const { client } = cluster
    const { signal } = new AbortController()
    const expected = hashesOf(await finished(client, await submit(client, signal), signal))
    plan.report?.(`${plan.queue}: the undisturbed hashes are known`)
    return { queue: plan.queue, ...(await runInStorm(cluster, expected, plan)), ...(await examine(cluster)) }
  } catch (error) {
    for (const program of [cluster.api, ...cluster.workers]) plan.report?.(program.tail())
    throw error
  } finally {
    await cluster.close()
  }
}

/** When it settles, no more faults strike and nothing is submitted or awaited. */
async function runInStorm(
  cluster: Cluster,
  expected: readonly string[],
  plan: SoakPlan,
): Promise<Pick<Soaked, 'seconds' | 'runs' | 'faults'>> {
  const calm = new AbortController()
  const startedAt = performance.now()
  const until = AbortSignal.any([calm.signal, AbortSignal.timeout(plan.limitMs)])
  const storm = strikeAtRandom(cluster, { ...plan, random: randomFrom(plan.seed), until })
  const submitting = submitAll(cluster.client, { expected, plan, ended: calm.signal })
  try {
    // A fault that cannot be made ends the soak.
    const runs = await Promise.race([submitting, storm.then(() => submitting)])
    const seconds = (performance.now() - startedAt) / 1_000
    calm.abort()
    return { seconds, runs, faults: await storm }
  } finally {
    calm.abort()
    await Promise.allSettled([storm, submitting])
  }
}

type Storm = Pick<SoakPlan, 'pauseMs'> & { readonly random: Random; readonly until: AbortSignal }

async function strikeAtRandom(cluster: Cluster, { pauseMs, random, until }: Storm): Promise<Record<string, number>> {
  const faults = faultsOf(cluster)
  const struck = Object.fromEntries(faults.map(({ name }) => [name, 0]))
  while (!until.aborted) {
    await delay(pauseMs * (0.5 + random()), undefined, { signal: until }).catch(() => undefined)
    if (until.aborted) break
    const { name, strike } = oneOf(faults, random)
    if (await strike(cluster, random)) struck[name] = (struck[name] ?? 0) + 1
  }
  return struck
}

type Submitting = { readonly expected: readonly string[]; readonly plan: SoakPlan; readonly ended: AbortSignal }

async function submitAll(client: Client, { expected, plan, ended }: Submitting): Promise<Soaked['runs']> {
  const deadline = performance.now() + plan.limitMs
  const runs = { submitted: 0, equal: 0, different: 0, other: 0 }
  async function oneAfterAnother(): Promise<void> {
    while (runs.submitted < plan.runs && performance.now() < deadline && plan.signal?.aborted !== true) {
      runs.submitted += seeds
      const view = await finished(client, await submit(client, ended), ended)
      for (const [index, hash] of hashesOf(view).entries()) {
        if (view.runs[index]?.state !== 'succeeded') runs.other += 1
        else if (hash === expected[index]) runs.equal += 1
        else runs.different += 1
      }
      plan.report?.(`${plan.queue}: ${JSON.stringify(runs)}`)
    }
  }
  await Promise.all(Array.from({ length: plan.openAtOnce }, oneAfterAnother))
  return runs
}

/** Repeats the request, with the same key, until it is answered. Rejects when `signal` aborts. */
async function submit(client: Client, signal: AbortSignal): Promise<string> {
  const idempotencyKey = randomUUID()
  const deadline = performance.now() + stuckMs
  for (;;) {
    try {
      return (await client.submit(spec, { idempotencyKey })).experiment.id
    } catch (error) {
      if (performance.now() > deadline) throw error
      await delay(250, undefined, { signal })
    }
  }
}

async function finished(client: Client, id: string, signal: AbortSignal): Promise<ExperimentView> {
  const deadline = performance.now() + stuckMs
  let last: ExperimentView | null = null
  for (;;) {
    const view = await client.experiment(id).catch(() => null)
    last = view ?? last
    if (view !== null && ['succeeded', 'failed', 'cancelled'].includes(view.state)) return view
    if (performance.now() > deadline) throw new Error(`experiment ${id} is stuck: ${JSON.stringify(last)}`)
    await delay(250, undefined, { signal })
  }
}

const hashesOf = ({ runs }: ExperimentView) => runs.map(({ resultHash }) => resultHash ?? 'none')

async function examine({ databaseUrl, artifactsUrl }: Cluster): Promise<Pick<Soaked, 'attempts' | 'brokenInvariants'>> {
  const artifacts = await createArtifactStore(artifactsUrl)
  const invariants = await openInvariants(databaseUrl, (hash) => artifacts.read(hash))
  const brokenInvariants = await invariants.check('at rest')
  await invariants.close()
  const client = new pg.Client(databaseUrl)
  await client.connect()
  const { rows } = await client.query<{ end: string; count: number }>(
    `SELECT coalesce(failure->>'code', outcome) AS end, count(*)::int FROM attempts GROUP BY 1 ORDER BY 2 DESC`,
  )
  await client.end()
  return { brokenInvariants, attempts: Object.fromEntries(rows.map(({ end, count }) => [end, count])) }
}

/** The generator mulberry32, by Tommy Ettinger. */
function randomFrom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d_2b_79_f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
