import { homedir } from 'node:os'
import { resolve } from 'node:path'
import { errorMessage, errorTable, GoalpostError, type BackupMessage } from '@goalpost/contracts'
import { readConfig } from '../config.ts'
import { explainFullDisk } from '../failure.ts'
import { create, restore } from './actions.ts'

const actions = { create, restore }

/** `create BACKUP --data FOLDER` or `restore BACKUP --data FOLDER`; one JSON object on standard output. */
async function run(): Promise<BackupMessage> {
  const [action, backup, ...args] = process.argv.slice(2)
  if ((action !== 'create' && action !== 'restore') || backup === undefined)
    throw new GoalpostError('invalid-request', 'Say what to do: create BACKUP, or restore BACKUP')
  const config = readConfig({ args, env: process.env, uid: process.getuid?.(), home: homedir() })
  return actions[action](config, resolve(backup)).catch((error: unknown) => {
    throw explainFullDisk(error, action === 'create' ? backup : config.dataFolder)
  })
}

function explain(error: unknown): BackupMessage {
  const code = error instanceof GoalpostError ? error.code : 'internal'
  process.exitCode = errorTable[code].exit
  return { type: 'failed', code, message: errorMessage(error) }
}

process.stdout.write(`${JSON.stringify(await run().catch(explain))}\n`)
