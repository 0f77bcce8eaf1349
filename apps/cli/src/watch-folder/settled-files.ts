import { stepInName } from './step-in-name.ts'

export type FileState = { readonly size: number; readonly mtimeMs: number }
export type FoundFile = FileState & { readonly name: string }
/** Files that have looked the same since then, by name. */
export type Sightings = ReadonlyMap<string, FileState & { readonly sinceMs: number }>

type Look = {
  readonly files: readonly FoundFile[]
  readonly before: Sightings
  /** Files that need no more work as long as they look like this. */
  readonly done: ReadonlyMap<string, FileState>
  readonly nowMs: number
  readonly settleMs: number
}

/**
 * Which files have stopped growing: the same size and time of change for `settleMs`, as seen here, since clocks of file
 * servers differ. In the order of their steps. Empty files are not finished.
 */
export function settledFiles({ files, before, done, nowMs, settleMs }: Look) {
  const open = files.filter((file) => file.size > 0 && !looksLike(file, done.get(file.name)))
  const sightings = new Map(
    open.map(({ name, size, mtimeMs }) => {
      const earlier = before.get(name)
      const sinceMs = earlier !== undefined && looksLike({ size, mtimeMs }, earlier) ? earlier.sinceMs : nowMs
      return [name, { size, mtimeMs, sinceMs }]
    }),
  )
  const settled = open.filter(({ name }) => nowMs - (sightings.get(name)?.sinceMs ?? nowMs) >= settleMs)
  return { settled: settled.toSorted(byStep), sightings, open: open.length }
}

export function looksLike(file: FileState, other: FileState | undefined): boolean {
  return other !== undefined && file.size === other.size && file.mtimeMs === other.mtimeMs
}

function byStep(a: FoundFile, b: FoundFile): number {
  const [left, right] = [stepInName(a.name) ?? Infinity, stepInName(b.name) ?? Infinity]
  if (left !== right) return left < right ? -1 : 1
  return a.name < b.name ? -1 : 1
}
