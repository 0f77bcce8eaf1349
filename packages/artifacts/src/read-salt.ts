import { readFile } from 'node:fs/promises'
import { GoalpostError } from '@goalpost/contracts'
import { shortestSalt } from '@goalpost/experiments'

const variable = 'GOALPOST_SUITE_SALT'

/**
 * The operator's secret, given directly or as the `file:` URL of its file; null if not given.
 * @throws GoalpostError `invalid-request` with the reason, but no part of the secret.
 */
export async function readSalt(given: string | null): Promise<string | null> {
  if (given === null) return null
  const salt = (given.startsWith('file:') ? await readSaltFile(given) : given).trim()
  if (salt.length >= shortestSalt) return salt
  throw new GoalpostError(
    'invalid-request',
    `${variable} must have at least ${shortestSalt} characters, and has ${salt.length}: generate one with openssl rand -hex 32`,
  )
}

async function readSaltFile(url: string): Promise<string> {
  try {
    return await readFile(new URL(url), 'utf8')
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'it is not a file URL'
    throw new GoalpostError('invalid-request', `The file of ${variable} cannot be read: ${reason}`, {
      cause: error,
    })
  }
}
