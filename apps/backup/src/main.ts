import { errorMessage, errorTable, GoalpostError, type BackupMessage, type FileCheck } from '@goalpost/contracts'
import { checkFiles } from './check-files.ts'
import { createBackup } from './create-backup.ts'
import type { BackupManifest } from './manifest.ts'
import { restoreBackup } from './restore-backup.ts'

const actions = { create: createBackup, restore: restoreBackup }

type Message = BackupMessage | ({ readonly type: 'checked' } & FileCheck)

function isAction(name: string | undefined): name is keyof typeof actions {
  return name !== undefined && Object.hasOwn(actions, name)
}

/** `create FOLDER`, `restore FOLDER` or `check`, for the service that DATABASE_URL and ARTIFACTS_URL name. */
async function run(): Promise<Message> {
  const [action, folder] = process.argv.slice(2)
  const service = () => ({ databaseUrl: required('DATABASE_URL'), artifactsUrl: required('ARTIFACTS_URL') })
  if (action === 'check') return reportCheck(await checkFiles(service()))
  if (!isAction(action) || folder === undefined)
    throw new GoalpostError('invalid-request', 'Say what to do: create FOLDER, restore FOLDER, or check')
  return summarise(await actions[action](service(), folder))
}

/** A script can tell by the exit code whether files are missing. */
function reportCheck(check: FileCheck): Message {
  if (check.missing.length + check.damaged.length > 0) process.exitCode = errorTable['artifact-missing'].exit
  return { type: 'checked', ...check }
}

function required(name: string): string {
  const value = process.env[name]
  if (value === undefined || value === '') throw new GoalpostError('invalid-request', `Set ${name}`)
  return value
}

function summarise({ createdAt, tables, artifactHashes, lostHashes }: BackupManifest): BackupMessage {
  const rows = tables.reduce((sum, { rowCount }) => sum + rowCount, 0)
  return { type: 'done', createdAt, rows, artifacts: artifactHashes.length, lostHashes }
}

function explain(error: unknown): BackupMessage {
  const code = error instanceof GoalpostError ? error.code : 'internal'
  process.exitCode = errorTable[code].exit
  return { type: 'failed', code, message: errorMessage(error) }
}

/** One JSON object on standard output. */
const message = await run().catch(explain)
process.stdout.write(`${JSON.stringify(message)}\n`)
