import { finalText, plainMarks } from './texts.ts'

/** The word with which a reply begins or ends, or a judgement alone; null if it contradicts itself. */
export function readYesNo(reply: string): 'yes' | 'no' | null {
  const text = plainMarks(finalText(reply)).toLowerCase()
  const first =
    /^\W*(?:(?:unfortunately|actually|technically|well|sorry|strictly speaking),? )?(yes|no)\b(?! (?:doubt|and|or|one|matter|problem|idea|longer)\b)/.exec(
      text,
    )?.[1]
  const last = /(?:^|[\n.:])[^\w\n]*(yes|no)\W*$/.exec(text.slice(-longestEnd))?.[1]
  const found = first ?? last ?? readJudgement(text)
  if ((found !== 'yes' && found !== 'no') || (last !== undefined && last !== found)) return null
  const [sentence] = text.split(/[.!?\n;]/)
  return contradictions[found].test(sentence) ? null : found
}

/** A reply that is nothing but a judgement. */
function readJudgement(text: string): string | undefined {
  if (/^\W*(?:it is |it's |that's |that is )?(?:correct|true)\W*$/.test(text)) return 'yes'
  if (/^\W*(?:it is |it's |that's |that is )?(?:incorrect|false|untrue|not (?:correct|true))\W*$/.test(text))
    return 'no'
  return undefined
}

const longestEnd = 100

const contradictions = {
  yes: /\b(?:incorrect|inaccurate|untrue|false|wrong|not (?:\w+ )?(?:correct|true|accurate))\b|n't (?:\w+ )?(?:correct|true|accurate)\b/,
  no: /\b(?:is|it's|that's) (?:factually |completely |indeed )?(?:correct|true|accurate)\b/,
} as const
