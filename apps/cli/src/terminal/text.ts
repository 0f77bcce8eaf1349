import { stripVTControlCharacters } from 'node:util'
import cliTruncate from 'cli-truncate'
import stringWidth from 'string-width'
import wrapAnsi from 'wrap-ansi'

/** Characters known to be one column wide. Loading string-width's tables takes 50 ms. */
const narrow = /^[ -~\u2500-\u2588·×±…−✓✗]*$/

/** The columns of a text: none for colours and combining marks, two for wide characters. */
export function displayWidth(text: string): number {
  return narrow.test(text) ? text.length : stringWidth(text)
}

export type Alignment = 'left' | 'right'

export function pad(text: string, width: number, alignment: Alignment = 'left'): string {
  const space = ' '.repeat(Math.max(0, width - displayWidth(text)))
  return alignment === 'left' ? text + space : space + text
}

/** Cuts text, coloured or not, to a width, with an ellipsis at its end or in its middle. */
export function truncate(text: string, width: number, ellipsis: string, position: 'end' | 'middle' = 'end'): string {
  if (displayWidth(text) <= width) return text
  // cli-truncate assumes an ellipsis of one column.
  if (width <= displayWidth(ellipsis)) return ellipsis.slice(0, Math.max(0, width))
  return cliTruncate(text, width, { position, truncationCharacter: ellipsis })
}

/**
 * Breaks text at spaces into lines of at most `width` columns. Longer words, such as lists of settings, are broken
 * after commas, or anywhere if they have none.
 */
export function wrap(text: string, width: number): string[] {
  const room = Math.max(1, width)
  const words = text.split(/\s+/).filter((word) => word !== '')
  const parts = words.map((word) => (displayWidth(word) > room ? word.replaceAll(/,(?=.)/g, ', ') : word))
  return wrapAnsi(parts.join(' '), room, { hard: true }).split('\n')
}

/** Removes control characters, so that foreign text cannot move the cursor or change colours. */
export function plain(text: string): string {
  return stripVTControlCharacters(text).replaceAll(/(?![\t\n])\p{Cc}/gu, '')
}

export function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

export function plural(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`
}
