const most = 10
const term = /"([^"]*)"|(\S+)/g

/**
 * What a row must contain, each in any place: the words of a search, and its phrases in double quotes. Beyond ten, the
 * rest is one phrase.
 */
export function searchTerms(search: string): string[] {
  const terms: string[] = []
  for (const { 0: whole, 1: phrase, 2: word = '', index } of search.matchAll(term)) {
    if (terms.length === most - 1 && index + whole.length < search.trimEnd().length)
      return [...terms, search.slice(index).trim()]
    // A quote that is not closed is a part of its word.
    const text = (phrase ?? word).trim()
    if (text !== '') terms.push(text)
  }
  return terms
}
