/**
 * One style for names of measures that are stored in several: `goalPosition`, `effective-draws` and `chops per step` become
 * `goal-position`, `effective-draws` and `chops-per-step`. Stored names are part of result hashes, and stay as they are.
 */
export function measureKey(name: string): string {
  return name
    .replaceAll(/(\p{Ll}|\d)(\p{Lu})/gu, '$1-$2')
    .toLowerCase()
    .replaceAll(/[^\p{L}\d]+/gu, '-')
    .replaceAll(/^-|-$/g, '')
}
