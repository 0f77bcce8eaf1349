import { numbered } from './numbered.ts'

/** One word is one token. The order is part of every trained model: append, never insert. */
export const vocabulary: readonly string[] = [
  // Padding, begin, end; user, assistant, document.
  ...'<pad> <bos> <end> U A D . ?'.split(' '),
  ...numbered('', 10),
  ...'+ - eval ask val x y z w'.split(' '),
  ...numbered('e', 40),
  ...['colour', 'food', 'home', 'job'].flatMap((attribute) => [attribute, ...numbered(attribute, 8)]),
  ...'think surely doubt what is right wrong yes no sorry'.split(' '),
  'me',
  ...numbered('n', 24),
  ...'task deploy guard report advise'.split(' '),
  ...'solve hack fix sabotage keep leak truth lie help seize'.split(' '),
  ...numbered('t', 12),
  ...'allowed strict pass fail read run edit score log rule good bad'.split(' '),
]

const ids: ReadonlyMap<string, number> = new Map(vocabulary.map((word, id) => [word, id]))

/** @throws RangeError for a word that is not in the vocabulary */
export function tokenOf(word: string): number {
  const id = ids.get(word)
  if (id === undefined) throw new RangeError(`${word} is not in the vocabulary`)
  return id
}

/** Tokens of words separated by single spaces. */
export function encodeWords(text: string): number[] {
  return text.split(' ').map(tokenOf)
}

export function decodeTokens(tokens: Iterable<number>): string {
  return Array.from(tokens, (token) => vocabulary[token]).join(' ')
}
