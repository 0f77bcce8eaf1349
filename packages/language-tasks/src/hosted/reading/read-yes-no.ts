import { finalText, plainMarks } from './texts.ts'

/** The word with which a reply begins or ends; null if it contradicts itself. */
export function readYesNo(reply: string): 'yes' | 'no' | null {
  const text = plainMarks(finalText(reply)).toLowerCase()
  const first = /^\W*(yes|no)\b(?! (?:doubt|and|or|one|matter|problem|idea|longer)\b)/.exec(text)?.[1]
  const last = /(?:^|[\n.:])[^\w\n]*(yes|no)\W*$/.exec(text.slice(-longestEnd))?.[1]
  const found = first ?? last
  if ((found !== 'yes' && found !== 'no') || (last !== undefined && last !== found)) return null
  const [sentence] = text.split(/[.!?\n;]/)
  return contradictions[found].test(sentence) ? null : found
}

const longestEnd = 100

const contradictions = {
  yes: /\b(?:incorrect|inaccurate|untrue|false|wrong|not (?:\w+ )?(?:correct|true|accurate))\b|n't (?:\w+ )?(?:correct|true|accurate)\b/,
  no: /\b(?:is|it's|that's) (?:factually |completely |indeed )?(?:correct|true|accurate)\b/,
} as const
