import { createArtifactStore } from '@goalpost/artifacts'
import { errorMessage, type DoctorCheck, type DoctorFinding, type ProbedEngine } from '@goalpost/contracts'
import { engineNames } from '@goalpost/engine/builds'
import { trySandboxes } from '@goalpost/engine/sandbox'
import { examinePostgresQueue, examineRedis } from '@goalpost/queue'
import { examineDatabase } from '@goalpost/store'
import { describeCpu, findGpuName } from '../engines/describe-machine.ts'
import { probeEngines, type ProbeAnswer } from '../engines/probe-engines.ts'
import { remedies } from '../engines/remedies.ts'
import { describeSandbox } from '../engines/sandbox.ts'

/** The URL to check; null if it is not configured. */
export type Examined = {
  readonly databaseUrl: string | null
  readonly redisUrl: string | null
  readonly artifactsUrl: string | null
}

type Tell = (finding: DoctorFinding) => void

/** Uses what a worker needs on this machine, and reports each finding at once. Leaves one small file in the artifacts. */
export async function examine({ databaseUrl, redisUrl, artifactsUrl }: Examined, probe: string, tell: Tell) {
  const checks = [
    databaseUrl === null ? [] : await examineDatabase(databaseUrl),
    databaseUrl === null || redisUrl !== null ? [] : await examinePostgresQueue(databaseUrl),
    redisUrl === null ? [] : await examineRedis(redisUrl),
    artifactsUrl === null ? [] : [await examineArtifacts(artifactsUrl)],
  ]
  for (const check of [...checks.flat(), describeSandbox(trySandboxes())]) tell({ type: 'check', check })
  const [gpu, cpu] = [await findGpuName(), describeCpu().model]
  const nameOf = (device: ProbedEngine['device']) => (device === 'gpu' ? gpu : cpu)
  const onAnswer = (answer: ProbeAnswer) => tell({ type: 'engine', engine: present(answer, nameOf(answer.device)) })
  const answers = await probeEngines({ entry: probe, benchmark: true, onAnswer })
  if (answers.every(({ missing }) => missing !== null)) tell({ type: 'check', check: noEngines })
}

const noEngines: DoctorCheck = {
  name: 'engines',
  status: 'failed',
  detail: 'no engine is usable: nothing can be trained here',
  remedy: remedies['tfjs:wasm'],
}

/** The same bytes each time, so that it stays one file. */
const probeFile = new TextEncoder().encode('goalpost doctor\n')

/** URLs contain passwords, so they are named by their variable. */
async function examineArtifacts(url: string): Promise<DoctorCheck> {
  const name = 'artifacts'
  try {
    const startedAt = performance.now()
    const store = await createArtifactStore(url)
    const { hash } = await store.write(probeFile)
    await store.read(hash)
    const tookMs = Math.round(performance.now() - startedAt)
    return { name, status: 'ok', detail: `A file was written to ARTIFACTS_URL and read within ${tookMs} ms` }
  } catch (error) {
    const remedy = 'Check ARTIFACTS_URL, its credentials, and the rights to read and write'
    return { name, status: 'failed', detail: errorMessage(error), remedy }
  }
}

function present({ name, ...answer }: ProbeAnswer, deviceName: string | null): ProbedEngine {
  const known = engineNames.find((engine) => engine === name)
  const remedy = answer.missing === null || known === undefined ? null : remedies[known]
  return { name, ...answer, deviceName, remedy }
}
