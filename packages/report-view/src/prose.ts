import { createElement as h, Fragment, type ReactNode } from 'react'

/** Code between backticks, a SHA-256, a hyphen that stands for a minus. */
const marked = /`([^`]+)`|\b([0-9a-f]{64})\b|(?<![\w.\])-])-(?=[\d.]*\d)/g
const shownDigits = 12

/** A report's sentence, which terminals show too: marks code, cuts hashes, and sets minus signs. */
export function prose(text: string): ReactNode {
  const pieces: ReactNode[] = []
  let end = 0
  for (const match of text.matchAll(marked)) {
    const [whole, code, hash] = match
    pieces.push(text.slice(end, match.index))
    pieces.push(code === undefined ? (hash === undefined ? '−' : shortHash(hash)) : h('code', null, code))
    end = match.index + whole.length
  }
  return h(Fragment, null, ...pieces, text.slice(end))
}

/** The first digits of a hash, with the full hash as title. */
export function shortHash(hash: string): ReactNode {
  return h('code', { title: hash }, hash.slice(0, shownDigits))
}

/** A name such as `alpha=0,levels=100`, which can wrap after each part. */
export function breakable(name: string): ReactNode {
  const pieces = name.split(/(?<=,)(?=\S)/)
  return h(Fragment, null, ...pieces.flatMap((piece, index) => (index === 0 ? [piece] : [h('wbr'), piece])))
}
