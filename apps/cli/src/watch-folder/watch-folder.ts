import { errorTable, GoalpostError } from '@goalpost/contracts'
import { looksLike, settledFiles, type FileState, type FoundFile, type Sightings } from './settled-files.ts'
import type { WatchMemory } from './watch-memory.ts'

export type FolderWatch = {
  readonly settleMs: number
  /** End once every file that is there has been registered or refused. */
  readonly once: boolean
  readonly memory: WatchMemory
  scan(): Promise<readonly FoundFile[]>
  /** Null if the file has changed or is gone. */
  register(file: FoundFile): Promise<{ readonly hash: string; readonly version: number } | null>
  /** False if the watch is over. */
  pause(ms: number): Promise<boolean>
  now(): number
  onRefused(file: FoundFile, error: GoalpostError): void
  /** The service does not answer; called once for each outage. */
  onOutage(error: GoalpostError): void
}

const longestPauseMs = 2_000
const outagePauseMs = 5_000

/** Registers files until the watch is over. Returns how many files were refused. */
export async function watchFolder(watch: FolderWatch): Promise<number> {
  const refused = new Map<string, FileState>()
  let sightings: Sightings = new Map()
  let outage = false
  for (;;) {
    const done = new Map<string, FileState>([...watch.memory.files, ...stillRefused(watch, refused)])
    const look = settledFiles({
      files: await watch.scan(),
      before: sightings,
      done,
      nowMs: watch.now(),
      settleMs: watch.settleMs,
    })
    ;({ sightings } = look)
    if (watch.once && look.open === 0) return refused.size
    const error = await registerAll(watch, look.settled, refused)
    if (error !== null && !outage) watch.onOutage(error)
    outage = error !== null
    const nextMs = outage ? outagePauseMs : Math.min(longestPauseMs, Math.max(50, watch.settleMs / 2))
    if (!(await watch.pause(nextMs))) return refused.size
  }
}

/** A file that was refused is tried again once it has changed. */
function stillRefused({ memory }: FolderWatch, refused: ReadonlyMap<string, FileState>): [string, FileState][] {
  return [...refused].filter(([name, state]) => !looksLike(state, memory.files.get(name)))
}

/** Stops at the first failure that will pass, and returns it: the files after it are tried again later. */
async function registerAll(
  watch: FolderWatch,
  files: readonly FoundFile[],
  refused: Map<string, FileState>,
): Promise<GoalpostError | null> {
  for (const file of files) {
    const { name, size, mtimeMs } = file
    try {
      const registered = await watch.register(file)
      if (registered === null) continue
      refused.delete(name)
      await watch.memory.remember(name, { size, mtimeMs, ...registered })
    } catch (error) {
      if (!(error instanceof GoalpostError)) throw error
      const { retryable, kind } = errorTable[error.code]
      if (retryable || kind === 'infrastructure') return error
      refused.set(name, { size, mtimeMs })
      watch.onRefused(file, error)
    }
  }
  return null
}
