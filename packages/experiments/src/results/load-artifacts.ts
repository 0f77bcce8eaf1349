import type { ArtifactStore } from '../ports/artifact-store.ts'
import type { ConditionEvidence, Evidence } from '../ports/protocol.ts'

const readsAtOnce = 8

/** The bytes of every artifact that reports read, by hash; each is read once. */
export async function loadArtifacts(
  conditions: readonly ConditionEvidence[],
  artifacts: Pick<ArtifactStore, 'read'>,
): Promise<Evidence['artifacts']> {
  const hashes = [...neededFiles(conditions).keys()]
  const loaded = new Map<string, Uint8Array>()
  const reader = async (): Promise<void> => {
    for (let hash = hashes.pop(); hash !== undefined; hash = hashes.pop()) loaded.set(hash, await artifacts.read(hash))
  }
  await Promise.all(Array.from({ length: readsAtOnce }, reader))
  return loaded
}

/** How many bytes `loadArtifacts` would read. */
export function artifactBytes(conditions: readonly ConditionEvidence[]): number {
  return [...neededFiles(conditions).values()].reduce((sum, bytes) => sum + bytes, 0)
}

/** Hashes with their sizes. */
function neededFiles(conditions: readonly ConditionEvidence[]): ReadonlyMap<string, number> {
  const results = conditions.flatMap(({ runs }) => runs.flatMap(({ tasks }) => tasks.map(({ result }) => result)))
  const wanted = results.flatMap((result) => result?.artifacts ?? []).filter(({ evidence }) => evidence)
  return new Map(wanted.map(({ hash, bytes }) => [hash, bytes]))
}
