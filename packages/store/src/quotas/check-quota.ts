import type { Queries } from '../database/open-database.ts'
import { countOpenRuns, countUnfinishedRuns, readQuota, sumStorage, sumUploads } from './quota-columns.ts'

export type OverQuota = { readonly ok: false; readonly code: 'quota-exceeded'; readonly message: string }

const ask = 'ask an operator for more (`goalpost workspaces quota`)'

/** Why the workspace, which must be locked, cannot have `runs` more; null if it can. */
export async function checkRuns(queries: Queries, workspaceId: string, runs: number): Promise<OverQuota | null> {
  const { unfinishedRuns: most, storageBytes } = await readQuota(queries, workspaceId)
  if (storageBytes !== null) {
    const refused = await checkStorage(queries, workspaceId, 0)
    if (refused !== null) return refused
  }
  if (most === null || runs <= 0) return null
  const added = runs === 1 ? '1 run' : `${runs} runs`
  if (runs > most)
    return over(
      `The workspace may have ${most} unfinished ${most === 1 ? 'run' : 'runs'}, and this alone adds ${added}: ` +
        `submit fewer at a time (waiting does not help), or ${ask}`,
    )
  // Counting the finished runs of open experiments too costs a row each, not one for each run.
  if ((await countOpenRuns(queries, workspaceId)) + runs <= most) return null
  const unfinished = await countUnfinishedRuns(queries, workspaceId)
  if (unfinished + runs <= most) return null
  return over(
    `This adds ${added}, but the workspace may have ${most} unfinished ones and has ${unfinished}: ` +
      `wait until some end, cancel some, or ${ask}`,
  )
}

/** Why the workspace cannot store `bytes` more; null if it can. */
export async function checkStorage(queries: Queries, workspaceId: string, bytes: number): Promise<OverQuota | null> {
  const { storageBytes: most } = await readQuota(queries, workspaceId)
  if (most === null) return null
  const stored = await sumStorage(queries, workspaceId)
  if (stored + bytes <= most) return null
  const uploads = await sumUploads(queries, workspaceId)
  const has = uploads === 0 ? stored : `${stored} (${uploads} of them uploads, which stay)`
  const adds = bytes > 0 ? ` and this adds ${bytes}` : ''
  return over(`The workspace may store ${most} bytes, has ${has}${adds}: ${remedy(uploads + bytes <= most)}`)
}

/** Uploads are never removed: deleting experiments helps only if these do not use up the limit. */
function remedy(fitsWithoutExperiments: boolean): string {
  if (!fitsWithoutExperiments) return `deleting experiments does not free enough; ${ask}`
  const where = '`goalpost storage` lists the largest; files are removed after the grace period'
  return `delete experiments (${where}), or ${ask}`
}

const over = (message: string): OverQuota => ({ ok: false, code: 'quota-exceeded', message })
