import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { ServiceFile } from '@goalpost/contracts'
import { defaultDataFolder, GoalpostError, health, serviceFile } from '@goalpost/contracts'
import type { Context, GlobalOptions } from '../context.ts'

/**
 * Generous, as a machine whose cores are all training answers slowly; without a service the connection is refused at
 * once.
 */
const answerWithinMs = 15_000

/** A service's URL and API key. */
export type ServiceAddress = { readonly url: string; readonly key: string }

/** `--data`, else GOALPOST_DATA, else the user's default. Absolute. */
export function dataFolderOf(context: Context, options: GlobalOptions): string {
  const account = { ...context.account, xdgDataHome: context.env.XDG_DATA_HOME }
  return resolve(options.data ?? context.env.GOALPOST_DATA ?? defaultDataFolder(account))
}

/** The service that GOALPOST_URL (or `--url`) names; null if neither is set. */
export function namedService(context: Context, options: GlobalOptions): ServiceAddress | null {
  const url = options.url ?? context.env.GOALPOST_URL
  if (url === undefined || url === '') return null
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new GoalpostError(
      'invalid-request',
      `The service's URL must begin with http:// or https://, not ${JSON.stringify(url)}`,
    )
  }
  const key = context.env.GOALPOST_API_KEY
  if (key === undefined || key === '')
    throw new GoalpostError('missing-key', `Set GOALPOST_API_KEY to a key for ${url}`)
  return { url: url.replace(/\/+$/, ''), key }
}

/** The embedded service running on this data folder; null if there is none, or a killed one left its file. */
export async function findEmbedded(
  dataFolder: string,
  { patienceMs = answerWithinMs }: { readonly patienceMs?: number } = {},
): Promise<ServiceFile | null> {
  const text = await readFile(join(dataFolder, 'service.json'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null
    throw new GoalpostError('invalid-request', `The data folder ${dataFolder} cannot be read: ${error.message}`, {
      cause: error,
    })
  })
  const service = text === null ? null : parseServiceFile(text)
  return service !== null && (await answers(service.url, patienceMs)) ? service : null
}

function parseServiceFile(text: string): ServiceFile | null {
  try {
    return serviceFile.parse(JSON.parse(text))
  } catch {
    return null
  }
}

/** Another program may have taken the port of a killed service: only an answer of ours counts. */
function answers(url: string, patienceMs: number): Promise<boolean> {
  return fetch(`${url}/healthz`, { signal: AbortSignal.timeout(patienceMs) }).then(
    async (response) => response.ok && health.safeParse(await response.json().catch(() => null)).success,
    () => false,
  )
}

export async function readKey({ keyFile, url }: ServiceFile): Promise<ServiceAddress> {
  const key = await readFile(keyFile, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new GoalpostError(
      'missing-key',
      `The key of the running service cannot be read from ${keyFile}: ${cause.message}`,
      { cause },
    )
  })
  return { url, key: key.trim() }
}
