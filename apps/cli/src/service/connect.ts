import { GoalpostError } from '@goalpost/contracts'
import type { Context, GlobalOptions } from '../context.ts'
import { createLiveArea } from '../watch/live-area.ts'
import { dataFolderOf, findEmbedded, namedService, readKey, type ServiceAddress } from './find-service.ts'
import type { StartedService } from './start-service.ts'
import { startService } from './start-service.ts'
import type { ServiceApi } from './service-api.ts'
import { openServiceApi } from './service-api.ts'

export type Connection = {
  readonly api: ServiceApi
  readonly url: string
  /** Whether the service was started for this command and ends with it. */
  readonly temporary: boolean
}

/** Whether a service that has to be started needs workers. */
export type Need = 'compute' | 'read'

/** Calls `use` with a connection to the named service, the one running here, or one started for the command. */
export async function withService<Result>(
  context: Context,
  options: GlobalOptions,
  { need, use }: { need: Need; use(connection: Connection): Promise<Result> },
): Promise<Result> {
  const named = namedService(context, options)
  if (named !== null) return use({ api: openServiceApi(named), url: named.url, temporary: false })
  const dataFolder = dataFolderOf(context, options)
  const running = await findEmbedded(dataFolder)
  if (running !== null) return use({ api: openServiceApi(await readKey(running)), url: running.url, temporary: false })
  const started = await startTemporary(context, dataFolder, need)
  try {
    return await use({ api: openServiceApi(await readKey(started.service)), url: started.service.url, temporary: true })
  } finally {
    await started.stop()
  }
}

/** The named service, or the one running here. Refuses if there is none: for commands that stay. */
export async function openRunning(context: Context, options: GlobalOptions): Promise<ServiceApi> {
  return openServiceApi(await findRunning(context, options))
}

/** @throws GoalpostError `unavailable` if no service is named, and none is running here */
export async function findRunning(context: Context, options: GlobalOptions): Promise<ServiceAddress> {
  const named = namedService(context, options)
  if (named !== null) return named
  const running = await findEmbedded(dataFolderOf(context, options))
  if (running !== null) return readKey(running)
  throw new GoalpostError('unavailable', 'No service is running here: start one with npx goalpost up')
}

async function startTemporary(context: Context, dataFolder: string, need: Need): Promise<StartedService> {
  const { colours, symbols } = context.terminal
  const area = context.interactive ? createLiveArea(context) : null
  const showStep = (text: string): void =>
    area?.show([colours.dim(`Starting a service for this command: ${text}${symbols.ellipsis}`)])
  showStep('data folder')
  try {
    const started = await startService({
      dataFolder,
      env: context.env,
      port: '0',
      ...(need === 'read' ? { workers: '0' } : {}),
      onStep: showStep,
      onTrouble: (text) => context.note(colours.yellow(text)),
    })
    area?.clear()
    for (const note of started.notes) context.note(colours.dim(`note: ${note}`))
    return started
  } finally {
    area?.clear()
  }
}
