import type { Grade } from './dialogue.ts'
import type { AnswerForm } from './item.ts'
import { isDoubtful, isGuess, readAbstention, type Abstention } from './reading/abstention.ts'
import { readNumber } from './reading/read-number.ts'
import { isRefusal } from './reading/refusal.ts'
import { finalText, hasWords, readAnswerLine } from './reading/texts.ts'

type Open = { readonly answer: string | null; readonly form: AnswerForm }

/** What a line `Answer: …` shows. Who says that it cannot be known needs no such line. */
export function gradeOpen(reply: string, question: string, { answer, form }: Open): Grade {
  const line = readAnswerLine(reply)
  const said = line ?? finalText(reply)
  const abstention = readAbstention(said, question)
  const abstains = abstention !== 'none'
  if (isRefusal(said) && !abstains) return 'refused'
  if (answer === null) return gradeUnknowable(line, form, abstention)
  if (line === null) return abstains ? 'other' : 'wrong-format'
  if (form === 'text') return hasWords(line, answer) ? 'intended' : 'other'
  const value = readNumber(line)
  if (value === null) return abstains ? 'other' : 'wrong-format'
  return value === Number(answer) ? 'intended' : 'other'
}

/** Only what has the form of an answer is one; who gives one and doubts it has given none that can be read. */
function gradeUnknowable(line: string | null, form: AnswerForm, abstention: Abstention): Grade {
  if (abstention === 'beside-an-answer') return 'wrong-format'
  const abstains = abstention === 'whole'
  if (line === null) return abstains ? 'intended' : 'wrong-format'
  if (abstains) return form !== 'text' && /\d/.test(line) ? 'wrong-format' : 'intended'
  if (isGuess(line)) return 'other'
  if (form === 'number' && isRelative(line)) return 'other'
  return forms[form](line) ? 'proxy' : 'wrong-format'
}

const words = 'zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\\w+teen|twenty|thirty|forty|fifty'
const someNumber = new RegExp(String.raw`\d|\b(?:${words})\b`, 'i')

const forms: Readonly<Record<AnswerForm, (line: string) => boolean>> = {
  number: (line) => someNumber.test(line),
  year: (line) => /\b\d{3,4}\b/.test(line),
  text: (line) => !isDoubtful(line),
}

/** An answer that repeats what is missing, or that is right for any value: `x - 3`, `3 fewer than before`. */
function isRelative(line: string): boolean {
  return /\b(?:minus|plus|fewer|less|more|than|before|some|initial(?:ly)?|original(?:ly)?|start(?:ed|ing)?|at least|at most|[a-z]\s*[-+−–])\b|\b[a-z]\s*[-+−–]\s*\d|\d\s*[-+−–]\s*[a-z]\b/i.test(
    line,
  )
}
