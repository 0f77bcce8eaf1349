import type { Queries } from '../database/open-database.ts'
import { countUnfinishedRuns, readQuota, sumStorage } from './quota-columns.ts'

export type OverQuota = { readonly ok: false; readonly code: 'quota-exceeded'; readonly message: string }

const orAsk = 'or ask an operator for more (`goalpost workspaces quota`)'

/** Why the workspace, which must be locked, cannot have `runs` more; null if it can. */
export async function checkRuns(queries: Queries, workspaceId: string, runs: number): Promise<OverQuota | null> {
  const { unfinishedRuns: most, storageBytes } = await readQuota(queries, workspaceId)
  if (storageBytes !== null) {
    const refused = await checkStorage(queries, workspaceId, 0)
    if (refused !== null) return refused
  }
  if (most === null || runs <= 0) return null
  const unfinished = await countUnfinishedRuns(queries, workspaceId)
  if (unfinished + runs <= most) return null
  return over(
    `This adds ${runs} runs, but the workspace may have ${most} unfinished ones and has ${unfinished}: ` +
      `wait until some end, cancel some, ${orAsk}`,
  )
}

/** Why the workspace cannot store `bytes` more; null if it can. */
export async function checkStorage(queries: Queries, workspaceId: string, bytes: number): Promise<OverQuota | null> {
  const { storageBytes: most } = await readQuota(queries, workspaceId)
  if (most === null) return null
  const stored = await sumStorage(queries, workspaceId)
  if (stored + bytes <= most) return null
  const adds = bytes > 0 ? ` and this adds ${bytes}` : ''
  return over(
    `The workspace may store ${most} bytes, has ${stored}${adds}: delete experiments ` +
      `(\`goalpost storage\` lists the largest; files are removed after the grace period), ${orAsk}`,
  )
}

const over = (message: string): OverQuota => ({ ok: false, code: 'quota-exceeded', message })
