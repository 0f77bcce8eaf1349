import type { DoctorCheck } from '@goalpost/contracts'
import { GoalpostError } from '@goalpost/contracts'
import type { Context, GlobalOptions } from '../context.ts'
import { dataFolderOf, findEmbedded, namedService, readKey } from '../service/find-service.ts'
import type { ServiceAddress } from '../service/find-service.ts'
import { openServiceApi } from '../service/service-api.ts'

const leastNode = 24

export function checkNode(version: string): DoctorCheck {
  const major = Number.parseInt(version, 10)
  if (major >= leastNode) return { name: 'Node', status: 'ok', detail: version }
  const remedy = 'Run npm install: it installs the right version, which npx goalpost uses'
  return { name: 'Node', status: 'failed', detail: `${version} is older than ${leastNode}`, remedy }
}

/** Whether the service that commands would use runs the code of this clone. */
export async function checkService(
  context: Context,
  options: GlobalOptions,
  revision: string | null,
): Promise<DoctorCheck> {
  const name = 'service'
  try {
    const address = await findAddress(context, options)
    if (address === null) return { name, status: 'skipped', detail: 'not running; commands start it when needed' }
    const { codeRevision } = await openServiceApi(address).ready()
    if (codeRevision === revision)
      return { name, status: 'ok', detail: `${address.url} runs this code (${codeRevision.slice(0, 12)})` }
    const detail = `${address.url} runs ${codeRevision.slice(0, 20)}; this is ${revision?.slice(0, 20) ?? 'unknown'}`
    return { name, status: 'warning', detail, remedy: 'Restart it, so that both versions match' }
  } catch (error) {
    if (!(error instanceof GoalpostError)) throw error
    return { name, status: 'failed', detail: error.message }
  }
}

async function findAddress(context: Context, options: GlobalOptions): Promise<ServiceAddress | null> {
  const named = namedService(context, options)
  if (named !== null) return named
  const running = await findEmbedded(dataFolderOf(context, options))
  return running === null ? null : readKey(running)
}
