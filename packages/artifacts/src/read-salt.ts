import { readFile } from 'node:fs/promises'
import { GoalpostError } from '@goalpost/contracts'
import { shortestSalt } from '@goalpost/experiments'

/** The salt from which secret sets are drawn. */
export function readSalt(given: string | null): Promise<string | null> {
  return readSecret(given, 'GOALPOST_SUITE_SALT')
}

/**
 * A secret of the operator, given directly or as the `file:` URL of its file; null if not given.
 * @throws GoalpostError `invalid-request` with the reason, but no part of the secret.
 */
export async function readSecret(given: string | null, variable: string): Promise<string | null> {
  if (given === null) return null
  const salt = (given.startsWith('file:') ? await readSecretFile(given, variable) : given).trim()
  if (salt.length >= shortestSalt) return salt
  throw new GoalpostError(
    'invalid-request',
    `${variable} must have at least ${shortestSalt} characters, and has ${salt.length}: generate one with openssl rand -hex 32`,
  )
}

async function readSecretFile(url: string, variable: string): Promise<string> {
  try {
    return await readFile(new URL(url), 'utf8')
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'it is not a file URL'
    throw new GoalpostError('invalid-request', `The file of ${variable} cannot be read: ${reason}`, {
      cause: error,
    })
  }
}
