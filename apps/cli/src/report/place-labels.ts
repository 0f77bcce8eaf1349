/** Gives each label its own row, as close to the wanted one as possible; earlier labels choose first. */
export function placeLabels(height: number, wishes: readonly { row: number; text: string }[]): (string | undefined)[] {
  const rows = Array.from<string | undefined>({ length: height })
  for (const { row, text } of wishes) {
    const free = Array.from({ length: height }, (_, index) => index).filter((index) => rows[index] === undefined)
    const nearest = free.toSorted((a, b) => Math.abs(a - row) - Math.abs(b - row))[0]
    if (nearest !== undefined) rows[nearest] = text
  }
  return rows
}
