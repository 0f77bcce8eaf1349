import { mkdir, readdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { GoalpostError, systemErrorCode } from '@goalpost/contracts'

/** @throws GoalpostError `state-conflict` if the folder holds anything, `invalid-request` if it is none */
export async function refuseNonEmpty(folder: string, remedy: string): Promise<void> {
  const names = await readdir(folder).catch((cause: unknown) => {
    if (systemErrorCode(cause) === 'ENOENT') return []
    throw new GoalpostError('invalid-request', `${folder} cannot be used: ${systemErrorCode(cause)}. ${remedy}`, {
      cause,
    })
  })
  if (names.length > 0) throw new GoalpostError('state-conflict', `${folder} is not empty. ${remedy}`)
}

/** Creates the folder, readable by its owner only, with its parents. */
export async function makePrivate(folder: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true })
  await mkdir(folder, { recursive: true, mode: 0o700 })
}

/** Leaves the folder itself, which may be a mount. */
export async function empty(folder: string): Promise<void> {
  for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true, force: true })
}
