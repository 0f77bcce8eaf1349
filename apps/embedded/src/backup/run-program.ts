import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { readBackupSummary, type BackupSummary } from '@goalpost/contracts'
import type { DataFolder } from '../data-folder.ts'

const program = fileURLToPath(new URL('../../../backup/src/main.ts', import.meta.url))

export type Job = {
  readonly action: 'create' | 'restore'
  readonly databaseUrl: string
  readonly folder: DataFolder
  readonly backup: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Lets the backup program work between the service's database and artifacts and a folder. Throws its error. */
export async function runBackupProgram({ action, databaseUrl, folder, backup, env }: Job): Promise<BackupSummary> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, action, backup], {
    // As variables, because other users can read the arguments of a process.
    env: { ...env, DATABASE_URL: databaseUrl, ARTIFACTS_URL: pathToFileURL(folder.artifacts).href },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const [code] = await once(child, 'close')
  return readBackupSummary(output, `The backup program ended with exit code ${code}`)
}
