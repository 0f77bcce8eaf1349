import { letters, type Letter } from '../item.ts'
import { finalText, plainMarks } from './texts.ts'

/**
 * The option of an answer: a first or last line that consists of it, or the only one that the text is for. Null if there
 * is none, or more than one.
 */
export function readLetter(reply: string): Letter | null {
  const text = plainMarks(finalText(reply))
  const lines = text.split('\n')
  const alone = [lines[0], lines.at(-1) ?? ''].flatMap((line) => readLine(line) ?? [])
  return onlyOne(alone.length > 0 ? alone : text.split(clauseEnd).flatMap(readClause))
}

function onlyOne(found: readonly string[]): Letter | null {
  const different = new Set(found)
  return different.size === 1 ? (letters.find((letter) => different.has(letter)) ?? null) : null
}

const longestLine = 100
const longestClause = 1_000

/** A letter alone, also with its short option: `(B)`, `Answer: B`, `B) Lima`. */
function readLine(line: string): string | null {
  if (line.length > longestLine) return null
  const alone = /^\W*(?:(?:[Tt]he |[Mm]y )?(?:\w+ )?[Aa]nswer(?: is|:)|[Oo]ption)?\W*([A-D])\W*$/.exec(line)
  if (alone !== null) return alone[1]
  const withOption = /^\W*([A-D])(?:[).:]| [-–—])(?:\s+[^\s()]+){1,5}$/.exec(line)
  return withOption !== null && !denial.test(line) ? withOption[1] : null
}

/** Ends of sentences, but not after initials, and words that lead to a contrast. */
const clauseEnd =
  /[;!?\n]+|(?<=^\W*[A-D])\.\s+(?=(?:I|The|It|You)\b)|(?<!\b[A-Z])\.(?=\s|$)|,?\s+(?:but|however|although|whereas|while)\b|,\s+(?=(?:the|my) (?:\w+ )?answer\b|it(?:'s| is)\b|I\b)/

/** Where a letter stands for an option; an article and an initial do not. */
const mentions: readonly RegExp[] = [
  /\(([A-D])\)/g,
  /\b(?:[Aa]nswer|[Oo]ption|[Cc]hoice|[Ll]etter)(?: is| remains| stays|:)*(?: still)?\s+([A-D])\b(?!\.\s?[A-Z])/g,
  // At the end, before a mark, beside another one, or before what is said of it.
  /(?<![A-Z]\.\s?)(?<=^|\s)([A-D])(?=[).:,]?\s*$|[):,]\s| (?:or|and) \(?[A-D]\b| (?:is|remains) (?:\w+ )?(?:correct|right)\b)/g,
]

const denial =
  /\b(?:not|never|nor|neither|cannot|disagree|wrong|incorrect|false|mistaken|rather than|instead of|\w+n't)\b/
/** What the user said before is no answer. */
const quotation =
  /\b(?:you(?:'ve| have)? (?:\w+ )?(?:think|thought|said|say|believed?|suggest(?:ed)?|guess(?:ed)?|chose|mentioned|picked)|your (?:guess|answer|option|choice|suggestion)|I (?:first |initially |previously |originally )?(?:said|thought|answered|chose|wrote)|my (?:first|previous|earlier|original|initial) (?:answer|choice))\b/i
const endorsement = /\b(?:right|correct)\b/

/** Letters that a clause is for. */
function readClause(clause: string): string[] {
  if (clause.length > longestClause) return []
  const isEndorsed = endorsement.test(clause) && !denial.test(clause)
  return mentions
    .flatMap((mention) => [...clause.matchAll(mention)])
    .filter(({ index, 0: found }) => {
      const before = clause.slice(0, index)
      const [after] = clause.slice(index + found.length).split('(')
      return (
        !denial.test(before) &&
        !(/\b(?:is|was|would be|are)\b|n't\b/.test(after) && denial.test(after)) &&
        (isEndorsed || !quotation.test(before))
      )
    })
    .map((match) => match[1])
}
