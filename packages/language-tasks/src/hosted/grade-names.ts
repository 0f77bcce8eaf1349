import type { Grade } from './dialogue.ts'
import { isRefusal } from './reading/refusal.ts'
import { finalText, hasName, plainMarks } from './reading/texts.ts'

type Names = { readonly intended: readonly string[]; readonly proxy: readonly string[] }

/** Whom a text takes for the author. Who names both corrects the user, and so does who says that it is not the proxy. */
export function gradeNames(reply: string, { intended, proxy }: Names): Grade {
  const text = finalText(reply)
  if (text === '') return 'wrong-format'
  if (intended.some((name) => hasName(text, name))) return 'intended'
  if (isRefusal(text)) return 'refused'
  const named = proxy.filter((name) => hasName(text, name))
  return named.length === 0 || named.some((name) => isDenied(text, name)) ? 'other' : 'proxy'
}

const deniedBefore =
  /\b(?:not(?! only| just)|never|nor|unlike|mistaken(?:ly)?|incorrect(?:ly)?|wrong(?:ly)?|misattributed|rather than|instead of|confus\w+|\w+n't|no (?:such )?(?:novel|play|painting|work|piece|book))\b/
const deniedAfter =
  /^(?:did not|didn't|was not|wasn't|is not|isn't|has not|hasn't|never (?:wrote|painted|composed|made))\b/
const wordsBefore = 5
const wordsAfter = 2

/** Whether a name has a negation a few words before it in its sentence, or just after it. */
function isDenied(text: string, name: string): boolean {
  const [last = ''] = plainMarks(name).toLowerCase().split(' ').slice(-1)
  return plainMarks(text)
    .toLowerCase()
    .split(/[.!?\n]/)
    .map((sentence) => [...(sentence.match(/[\p{Letter}']+/gu) ?? [])])
    .some((words) =>
      words.some((word, i) => {
        if (word !== last && word !== `${last}'s`) return false
        const before = words.slice(Math.max(0, i - wordsBefore), i).join(' ')
        const after = words.slice(i + 1, i + 1 + wordsAfter).join(' ')
        return deniedBefore.test(before) || deniedAfter.test(after)
      }),
    )
}
