import type { ErrorCode } from '@goalpost/contracts'
import { GoalpostError, systemErrorCode } from '@goalpost/contracts'

/** Turns an error of the operating system into one line with a remedy; other errors pass unchanged. */
export function explainSystemError(error: unknown, folder: string): unknown {
  const row = systemErrors[systemErrorCode(error) ?? '']
  return row === undefined ? error : new GoalpostError(row.code, row.text(folder), { cause: error })
}

/** For errors of unknown origin: explains only a full disk, which needs no context. */
export function explainFullDisk(error: unknown, folder: string): unknown {
  const code = systemErrorCode(error)
  return code === 'ENOSPC' || code === 'EDQUOT' ? explainSystemError(error, folder) : error
}

const systemErrors: Record<string, { code: ErrorCode; text: (folder: string) => string }> = {
  EACCES: { code: 'invalid-request', text: notWritable },
  EPERM: { code: 'invalid-request', text: notWritable },
  ENOENT: { code: 'invalid-request', text: notWritable },
  EROFS: { code: 'invalid-request', text: notWritable },
  ENOTDIR: { code: 'invalid-request', text: (folder) => `The data folder ${folder} is not a folder` },
  EEXIST: { code: 'invalid-request', text: (folder) => `The data folder ${folder} is not a folder` },
  ENOSPC: { code: 'storage-full', text: (folder) => `The disk is full: no room for the data folder ${folder}` },
  EDQUOT: {
    code: 'storage-full',
    text: (folder) => `The disk quota is exceeded: no room for the data folder ${folder}`,
  },
}

function notWritable(folder: string): string {
  return `The data folder ${folder} is not writable; choose another one with --data DIR`
}
