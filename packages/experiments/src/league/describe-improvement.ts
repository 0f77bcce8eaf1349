/** Which interval a chance to be better has, as one of so many `comparisons`. */
export function describeInterval(comparisons: number): string {
  if (comparisons === 1) return '95 % score interval'
  return `score interval; those of all ${comparisons} methods compared hold together with 95 % (Bonferroni)`
}

/** What the column "better than" of a table with so many `comparisons` means. */
export function improvementNotes(comparisons: number): string[] {
  return comparisons < 1
    ? []
    : [`"better than": ${describeInterval(comparisons)}. For new runs in the same experiments.`]
}
