import { html, trusted, type Html } from './html.ts'

/** Code between backticks, a SHA-256, a hyphen that stands for a minus. */
const marked = /`([^`]+)`|\b([0-9a-f]{64})\b|(?<![\w.\])-])-(?=[\d.]*\d)/g
const shownDigits = 12

/** A report's sentence, which terminals show too: marks code, cuts hashes, and sets minus signs. */
export function prose(text: string): Html {
  const pieces: (string | Html)[] = []
  let end = 0
  for (const match of text.matchAll(marked)) {
    const [whole, code, hash] = match
    pieces.push(text.slice(end, match.index))
    pieces.push(code === undefined ? (hash === undefined ? '−' : shortHash(hash)) : html`<code>${code}</code>`)
    end = match.index + whole.length
  }
  return html`${[...pieces, text.slice(end)]}`
}

/** The first digits of a hash, with the full hash as title. */
export function shortHash(hash: string): Html {
  return html`<code title="${hash}">${hash.slice(0, shownDigits)}</code>`
}

/** A name such as `alpha=0,levels=100`, which can wrap after each part. */
export function breakable(name: string): Html {
  const pieces = name.split(/(?<=,)(?=\S)/)
  return html`${pieces.flatMap((piece, index) => (index === 0 ? [piece] : [trusted('<wbr>'), piece]))}`
}
