import { z } from 'zod'
import { errorCode } from './errors.ts'

/** The file `service.json` in an embedded service's data folder while it runs, so that commands find it. */
export const serviceFile = z.strictObject({
  url: z.url(),
  /** Of the supervisor. */
  pid: z.number().int().positive(),
  /** File with the local API key, readable only by the owner. */
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

/** The parts of a user account that determine the data folder. */
export type Account = { readonly root: boolean; readonly home: string; readonly xdgDataHome?: string | undefined }

/** Folder for state of the embedded service that does not belong to one data folder. Absolute, POSIX. */
export function stateRoot(account: Account): string {
  if (account.root) return '/var/lib/goalpost'
  return `${account.xdgDataHome || `${account.home}/.local/share`}/goalpost`
}

/** The default data folder. Root's is outside its home: the database's own user must have access. */
export function defaultDataFolder(account: Account): string {
  return `${stateRoot(account)}/data`
}
