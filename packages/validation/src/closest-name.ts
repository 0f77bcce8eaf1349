/** The number of insertions, deletions, substitutions and swaps of neighbours that turn `a` into `b`. */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const cost = a[row - 1] === b[column - 1] ? 0 : 1
      const at = (line: readonly number[], index: number): number => line[index] ?? Number.POSITIVE_INFINITY
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      current.push(
        Math.min(
          at(last, column) + 1,
          at(current, column - 1) + 1,
          at(last, column - 1) + cost,
          swapped ? at(beforeLast, column - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      )
    }
    beforeLast = last
    last = current
  }
  return last[b.length] ?? 0
}

/** The known name that somebody who wrote `given` most likely meant: at most a third of its letters differ. */
export function closestName(given: string, known: Iterable<string>): string | null {
  const wanted = simplify(given)
  if (wanted.length > 100) return null
  let best: { name: string; distance: number } | null = null
  for (const name of known) {
    const distance = editDistance(wanted, simplify(name))
    const allowed = Math.max(1, Math.floor(Math.max(wanted.length, name.length) / 3))
    if (distance <= allowed && (best === null || distance < best.distance)) best = { name, distance }
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
