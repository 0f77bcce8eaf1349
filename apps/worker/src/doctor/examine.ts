import { createArtifactStore } from '@goalpost/artifacts'
import type { DoctorCheck, DoctorFinding, ProbedEngine } from '@goalpost/contracts'
import { engineNames } from '@goalpost/engine/builds'
import { createJobProducer } from '@goalpost/queue'
import { createStore } from '@goalpost/store'
import { describeCpu, findGpuName } from '../engines/describe-machine.ts'
import { probeEngines, type ProbeAnswer } from '../engines/probe-engines.ts'
import { remedies } from '../engines/remedies.ts'

/** The URL to check; null if it is not configured. */
export type Examined = {
  readonly databaseUrl: string | null
  readonly redisUrl: string | null
  readonly artifactsUrl: string | null
}

type Tell = (finding: DoctorFinding) => void

/** Checks what a worker needs on this machine, and reports each finding at once. Changes nothing. */
export async function examine({ databaseUrl, redisUrl, artifactsUrl }: Examined, probe: string, tell: Tell) {
  const servers = [
    { name: 'PostgreSQL server', variable: 'DATABASE_URL', url: databaseUrl, reach: reachDatabase },
    { name: 'Redis server', variable: 'REDIS_URL', url: redisUrl, reach: reachRedis },
    { name: 'artifacts', variable: 'ARTIFACTS_URL', url: artifactsUrl, reach: reachArtifacts },
  ]
  for (const { url, reach, ...named } of servers) {
    if (url !== null) tell({ type: 'check', check: await check(named, () => reach(url)) })
  }
  const [gpu, cpu] = [await findGpuName(), describeCpu().model]
  const nameOf = (device: ProbedEngine['device']) => (device === 'gpu' ? gpu : cpu)
  const onAnswer = (answer: ProbeAnswer) => tell({ type: 'engine', engine: present(answer, nameOf(answer.device)) })
  const answers = await probeEngines({ entry: probe, benchmark: true, onAnswer })
  if (answers.every(({ missing }) => missing !== null)) tell({ type: 'check', check: noEngines })
}

const noEngines: DoctorCheck = {
  name: 'engines',
  status: 'failed',
  detail: 'no engine can be used: nothing can be trained here',
  remedy: remedies['tfjs:wasm'],
}

type Named = { readonly name: string; readonly variable: string }

/** URLs contain passwords, so they are named by their variable. */
async function check({ name, variable }: Named, reach: () => Promise<void>): Promise<DoctorCheck> {
  const startedAt = performance.now()
  try {
    await reach()
    const took = Math.round(performance.now() - startedAt)
    return { name, status: 'ok', detail: `what ${variable} names can be used; it answered within ${took} ms` }
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    return {
      name,
      status: 'failed',
      detail,
      remedy: `Check ${variable}, and that it runs and can be reached from here`,
    }
  }
}

async function reachDatabase(url: string): Promise<void> {
  const store = createStore({ url, poolSize: 1 })
  try {
    await store.ping()
  } finally {
    await store.close()
  }
}

async function reachRedis(url: string): Promise<void> {
  const producer = await createJobProducer({ kind: 'redis', url }, { onError: () => undefined })
  try {
    await producer.depth('cpu')
  } finally {
    await producer.close()
  }
}

async function reachArtifacts(url: string): Promise<void> {
  await createArtifactStore(url)
}

function present({ name, ...answer }: ProbeAnswer, deviceName: string | null): ProbedEngine {
  const known = engineNames.find((engine) => engine === name)
  const remedy = answer.missing === null || known === undefined ? null : remedies[known]
  return { name, ...answer, deviceName, remedy }
}
