import { distance } from 'fastest-levenshtein'

/** The known name that `given` is most likely a slip of: two letters that are swapped, or at most a third that differ. */
export function closestName(given: string, known: Iterable<string>): string | null {
  const wanted = simplify(given)
  if (wanted.length > 100) return null
  let best: { name: string; edits: number } | null = null
  for (const name of known) {
    const edits = distance(wanted, simplify(name))
    const length = Math.max(wanted.length, name.length)
    // A swap of neighbours is two edits.
    const allowed = length < 3 ? 1 : Math.max(2, Math.floor(length / 3))
    if (edits <= allowed && (best === null || edits < best.edits)) best = { name, edits }
  }
  return best?.name ?? null
}

/** What to do about a name that is not known: the likely one, or the list of those that are there. */
export function suggestName(given: string, known: readonly string[]): string | undefined {
  const closest = closestName(given, known)
  if (closest !== null) return `Did you mean \`${closest}\`?`
  if (known.length === 0) return undefined
  const shown = known.slice(0, 20).map((name) => `\`${name}\``)
  return `Known: ${shown.join(', ')}${known.length > 20 ? `, and ${known.length - 20} more` : ''}`
}

/** `learning_rate`, `learning-rate` and `LearningRate` are the same slip. */
function simplify(name: string): string {
  return name.toLowerCase().replaceAll(/[-_\s]/g, '')
}
