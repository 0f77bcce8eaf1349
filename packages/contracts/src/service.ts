import { z } from 'zod'
import { errorCode } from './errors.ts'

/** What an embedded service leaves in its data folder (`service.json`) while it runs, so that commands find it. */
export const serviceFile = z.strictObject({
  url: z.url(),
  /** Of the supervisor. */
  pid: z.number().int().positive(),
  /** File that holds the local API key, readable by the owner alone. */
  keyFile: z.string(),
  dataFolder: z.string(),
  logFolder: z.string(),
  workers: z.number().int().nonnegative(),
  startedAt: z.iso.datetime(),
})
export type ServiceFile = z.infer<typeof serviceFile>

/** Messages from the embedded supervisor to the program that started it, over Node's IPC channel. */
export const fromSupervisor = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('step'), text: z.string() }),
  z.strictObject({ type: z.literal('ready'), service: serviceFile, notes: z.array(z.string()) }),
  z.strictObject({ type: z.literal('trouble'), text: z.string() }),
  z.strictObject({ type: z.literal('failed'), code: errorCode, message: z.string() }),
  z.strictObject({ type: z.literal('stopped') }),
])
export type FromSupervisor = z.infer<typeof fromSupervisor>

/** Who asks, as far as the place of the data folder depends on it. */
export type Account = { readonly root: boolean; readonly home: string; readonly xdgDataHome?: string | undefined }

/** Where the embedded service keeps what is not tied to one data folder. Absolute, POSIX. */
export function stateRoot(account: Account): string {
  if (account.root) return '/var/lib/goalpost'
  return `${account.xdgDataHome || `${account.home}/.local/share`}/goalpost`
}

/** The data folder unless one is named. Root's is outside its home: the database's own user must be able to enter it. */
export function defaultDataFolder(account: Account): string {
  return `${stateRoot(account)}/data`
}
