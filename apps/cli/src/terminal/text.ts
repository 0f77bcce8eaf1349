import { stripVTControlCharacters } from 'node:util'

/** Columns that a text takes on screen: colours none, combining marks none, wide characters two. */
export function displayWidth(text: string): number {
  let width = 0
  for (const character of stripVTControlCharacters(text)) width += characterWidth(character)
  return width
}

function characterWidth(character: string): number {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x300) return code < 0x20 || code === 0x7f ? 0 : 1
  if (/\p{Mn}|\p{Me}|\p{Cf}/u.test(character)) return 0
  return isWide(code) ? 2 : 1
}

function isWide(code: number): boolean {
  return (
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0x1f300 && code <= 0x1faff) ||
    (code >= 0x20000 && code <= 0x3fffd)
  )
}

export type Alignment = 'left' | 'right'

export function pad(text: string, width: number, alignment: Alignment = 'left'): string {
  const space = ' '.repeat(Math.max(0, width - displayWidth(text)))
  return alignment === 'left' ? text + space : space + text
}

/** Cuts uncoloured text to a width; what was cut is marked. */
export function truncate(text: string, width: number, ellipsis: string): string {
  if (displayWidth(text) <= width) return text
  const room = Math.max(0, width - displayWidth(ellipsis))
  return takeWidth(text, room) + takeWidth(ellipsis, width - room)
}

function takeWidth(text: string, width: number): string {
  let used = 0
  let taken = ''
  for (const character of text) {
    used += characterWidth(character)
    if (used > width) break
    taken += character
  }
  return taken
}

/** Breaks uncoloured text at spaces into lines of at most `width` columns; words that are longer are cut. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text
    .split(/\s+/)
    .filter((part) => part !== '')
    .flatMap((part) => cutWord(part, width))) {
    const longer = line === '' ? word : `${line} ${word}`
    if (displayWidth(longer) <= width) line = longer
    else {
      lines.push(line)
      line = word
    }
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line]
}

function cutWord(word: string, width: number): string[] {
  const parts: string[] = []
  let rest = word
  while (displayWidth(rest) > width) {
    const part = takeWidth(rest, width) || rest.slice(0, 1)
    parts.push(part)
    rest = rest.slice(part.length)
  }
  return [...parts, rest]
}

/** Text from elsewhere must not move the cursor or colour what follows. */
export function plain(text: string): string {
  return stripVTControlCharacters(text).replaceAll(/(?![\t\n])\p{Cc}/gu, '')
}

export function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

export function plural(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`
}
