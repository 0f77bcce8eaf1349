import { appendFile, mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { GoalpostError } from '@goalpost/contracts'
import type { Context } from '../context.ts'

/**
 * The file that GitHub shows as the summary of a step. Asked for before a command begins, so that a mistake costs nothing.
 * @throws GoalpostError `invalid-request`
 */
export function summaryFile({ GITHUB_STEP_SUMMARY: file = '' }: Context['env']): string {
  if (file !== '') return file
  throw new GoalpostError(
    'invalid-request',
    '--github-summary needs GITHUB_STEP_SUMMARY, which GitHub Actions sets: set it to the file to write',
  )
}

/** @throws GoalpostError `invalid-request` */
export async function appendSummary(file: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true })
    await appendFile(file, text)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new GoalpostError('invalid-request', `${file} cannot be written: ${reason}`, { cause })
  }
}
