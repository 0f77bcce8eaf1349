import { plain } from '../terminal/text.ts'

/** A text that cannot end the cell of a Markdown table or become HTML, a link or a mention. */
export function markdownCell(text: string): string {
  return plain(text)
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\`*_[\]<>|~#&@]/g, (character) => `&#${character.codePointAt(0)};`)
}

/** A row of such cells. */
export function markdownRow(cells: readonly string[]): string {
  return `| ${cells.map(markdownCell).join(' | ')} |`
}
