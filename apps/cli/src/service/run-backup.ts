import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { readBackupSummary, type BackupSummary } from '@goalpost/contracts'

type Request = {
  readonly action: 'create' | 'restore'
  readonly backup: string
  readonly dataFolder: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Lets the embedded service's own program do it, which knows where everything is. Throws its error. */
export async function runBackup({ action, backup, dataFolder, env }: Request): Promise<BackupSummary> {
  const program = fileURLToPath(import.meta.resolve('@goalpost/embedded/backup'))
  const args = ['--disable-warning=ExperimentalWarning', program, action, backup, `--data=${dataFolder}`]
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  let lastWords = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (lastWords = (lastWords + chunk.toString()).slice(-2_000)))
  const [code] = await once(child, 'close')
  return readBackupSummary(output, lastWords.trim() || `It ended with exit code ${code}`)
}
