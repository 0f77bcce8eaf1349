import { distance } from 'fastest-levenshtein'

/** The known name that `given` most likely misspells: two swapped letters, or at most a third that differ. */
export function closestName(given: string, known: Iterable<string>): string | null {
  const wanted = simplify(given)
  if (wanted.length > 100) return null
  let best: { name: string; edits: number } | null = null
  for (const name of known) {
    const simple = simplify(name)
    const edits = distance(wanted, simple)
    const allowed = Math.max(1, Math.floor(Math.max(wanted.length, name.length) / 3))
    if ((edits <= allowed || isSwap(wanted, simple, edits)) && (best === null || edits < best.edits))
      best = { name, edits }
  }
  return best?.name ?? null
}

/** The remedy for an unknown name: the likely one, or the list of known ones. */
export function suggestName(given: string, known: readonly string[]): string | undefined {
  const closest = closestName(given, known)
  if (closest !== null) return `Did you mean \`${closest}\`?`
  if (known.length === 0) return undefined
  const shown = known.slice(0, 20).map((name) => `\`${name}\``)
  return `Known: ${shown.join(', ')}${known.length > 20 ? `, and ${known.length - 20} more` : ''}`
}

/** Whether two letters are swapped: two edits, and the same letters. */
function isSwap(given: string, name: string, edits: number): boolean {
  return edits === 2 && sortLetters(given) === sortLetters(name)
}

const sortLetters = (text: string): string => Array.from(text).toSorted().join('')

/** `learning_rate`, `learning-rate` and `LearningRate` are the same misspelling. */
function simplify(name: string): string {
  return name.toLowerCase().replaceAll(/[-_\s]/g, '')
}
