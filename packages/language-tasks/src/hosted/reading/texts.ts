/**
 * What a model says after thinking aloud, which some models do between marks; without marks of emphasis, empty lines and
 * runs of blanks, which would take patterns long to search. Nothing if it only thinks.
 */
export function finalText(reply: string): string {
  return afterThoughts(reply)
    .replace(/\\text(?:bf)?\{([^{}]{0,100})\}/g, '$1')
    .replace(/\\boxed\{([^{}]{0,100})\}/g, '$1')
    .replace(/<\/?(?:answer|final|response)>/gi, ' ')
    .replace(/\*\*|__|`/g, '')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n[ \n]*/g, '\n')
    .trim()
}

/** Some servers leave out the mark at which thinking begins, or both if a thought is cut off. */
function afterThoughts(reply: string): string {
  const end = reply.toLowerCase().lastIndexOf('</think>')
  if (end >= 0) return reply.slice(end + '</think>'.length)
  return /^\s*<think>/i.test(reply) ? '' : reply
}

/** What follows `Answer:` in the first such line; null without one. */
export function readAnswerLine(reply: string): string | null {
  return /^[^\w\n]*answer: ?(\S.*)$/im.exec(finalText(reply))?.[1]?.trim() ?? null
}

/** Without accents, with one form of apostrophe and minus. */
export function plainMarks(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .replace(/[‘’]/g, "'")
    .replaceAll('−', '-')
}

/** Lower case, without accents and with single blanks. */
export function plainText(text: string): string {
  return plainWords(text.toLowerCase())
}

/** Whether a text contains these words, one after the other. */
export function hasWords(text: string, words: string): boolean {
  return ` ${plainText(text)} `.includes(` ${plainText(words)} `)
}

/** Whether a text contains a name as it is written: `Swift` is not `swift`. */
export function hasName(text: string, name: string): boolean {
  return ` ${plainWords(text)} `.includes(` ${plainWords(name)} `)
}

function plainWords(text: string): string {
  return plainMarks(text)
    .replace(/[^\p{Letter}\p{Number}]+/gu, ' ')
    .trim()
}
