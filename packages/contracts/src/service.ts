import { z } from 'zod'
import { errorCode, GoalpostError } from './errors.ts'

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

/** From the API to the supervisor that started it: it has its port, so that what answers there is this process. */
export const fromApi = z.strictObject({ type: z.literal('listening') })
export type FromApi = z.infer<typeof fromApi>

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

/** How the files of a service agree with its rows. */
const fileCheck = z.strictObject({
  /** That rows name. */
  files: z.number().int().nonnegative(),
  missing: z.array(z.string()),
  damaged: z.array(z.string()),
  /** With a task that has a missing or damaged file. */
  experiments: z.array(z.strictObject({ id: z.string(), name: z.string(), state: z.string() })),
  /** Files that no row names. */
  unneeded: z.strictObject({ files: z.number().int().nonnegative(), bytes: z.number().int().nonnegative() }),
})
export type FileCheck = z.infer<typeof fileCheck>

/** The last word of the programs behind `goalpost backup` and `goalpost restore`: one line of JSON. */
const backupMessage = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('done'),
    createdAt: z.iso.datetime(),
    rows: z.number().int().nonnegative(),
    artifacts: z.number().int().nonnegative(),
    /** Missing or damaged in the service when the backup was made. */
    lostHashes: z.array(z.string()),
  }),
  z.strictObject({ type: z.literal('failed'), code: errorCode, message: z.string() }),
])
export type BackupMessage = z.infer<typeof backupMessage>
export type BackupSummary = Extract<BackupMessage, { type: 'done' }>

/** From the output of such a program. Throws its error, or `internal` with `reason` if it gave no message. */
export function readBackupSummary(output: string, reason: string): BackupSummary {
  const message = parseBackupMessage(output)
  if (message === null) throw new GoalpostError('internal', reason)
  if (message.type === 'failed') throw new GoalpostError(message.code, message.message)
  return message
}

function parseBackupMessage(text: string): BackupMessage | null {
  try {
    return backupMessage.parse(JSON.parse(text))
  } catch {
    return null
  }
}
