/**
 * One style for names of measures, which are stored in several: `goalPosition`, `effective-draws` and `chops per step`
 * become `goal-position`, `effective-draws` and `chops-per-step`. Stored names are part of result hashes, and do not
 * change.
 */
export function measureKey(name: string): string {
  return name
    .replaceAll(/(\p{Ll}|\d)(\p{Lu})/gu, '$1-$2')
    .toLowerCase()
    .replaceAll(/[^\p{L}\d]+/gu, '-')
    .replaceAll(/^-|-$/g, '')
}
