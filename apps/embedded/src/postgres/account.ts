import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { GoalpostError } from '@goalpost/contracts'

/** The user of the database server. PostgreSQL refuses root and needs a user with a name. */
export type DatabaseAccount = { readonly name: string; readonly uid: number; readonly gid: number }

const candidates = ['postgres', 'nobody'] as const
const run = promisify(execFile)

/** Null for ordinary users, who run the server themselves. Changes nothing on the machine. */
export async function findDatabaseAccount(uid: number | undefined): Promise<DatabaseAccount | null> {
  if (uid !== 0) return null
  for (const name of candidates) {
    const account = await lookUp(name)
    if (account !== null) return account
  }
  const message = `PostgreSQL does not run as root, and there is no user ${candidates.join(' or ')} to run it as; start Goalpost as another user`
  throw new GoalpostError('unavailable', message)
}

async function lookUp(name: string): Promise<DatabaseAccount | null> {
  const [uid, gid] = await Promise.all(['-u', '-g'].map((flag) => readId(flag, name)))
  if (uid === undefined || gid === undefined || uid === 0 || Number.isNaN(uid + gid)) return null
  return { name, uid, gid }
}

function readId(flag: string, name: string): Promise<number> {
  return run('id', [flag, name]).then(
    ({ stdout }) => Number.parseInt(stdout, 10),
    () => Number.NaN,
  )
}
