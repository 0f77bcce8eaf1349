import { letters, type Letter } from './item.ts'

/** What a model says after thinking aloud, which some models do between marks. */
export function finalText(reply: string): string {
  return reply.replace(/^\s*<think>[\s\S]*?<\/think>/i, '').trim()
}

/** The option of an answer; null if there is none, or more than one. */
export function readLetter(reply: string): Letter | null {
  const text = finalText(reply).replace(/\*\*/g, '')
  const found =
    /^\W*([A-D])\W*$/.exec(text) ??
    /^\(?([A-D])[).:,\n]/.exec(text) ??
    [...text.matchAll(/\banswer(?:\s+is|:)\s*\(?([A-D])\b/gi)].at(-1) ??
    onlyBracketed(text)
  const letter = found?.[1]?.toUpperCase()
  return letters.find((each) => each === letter) ?? null
}

function onlyBracketed(text: string): readonly string[] | null {
  const all = [...text.matchAll(/\(([A-D])\)/g)]
  return new Set(all.map(([, letter]) => letter)).size === 1 ? all[0] : null
}

export function readYesNo(reply: string): 'yes' | 'no' | null {
  const found = /^\W*(yes|no)\b/i.exec(finalText(reply))?.[1]?.toLowerCase()
  return found === 'yes' || found === 'no' ? found : null
}

/** The last number of a short reply, or the one after `answer is`. */
export function readNumber(reply: string): number | null {
  const text = finalText(reply).replaceAll('−', '-').replace(/\*\*/g, '')
  const stated = /answer\s+is:?\s*(-?\d+)/i.exec(text)?.[1]
  const bare = /^[^\d-]{0,3}(-?\d+)[.!]?$/.exec(text)?.[1] ?? /=\s*(-?\d+)[.!]?$/.exec(text)?.[1]
  const found = stated ?? bare
  return found === undefined ? null : Number(found)
}

/** What follows `Answer:` in the first such line; null without one. */
export function readAnswerLine(reply: string): string | null {
  const text = finalText(reply).replace(/\*\*|`/g, '')
  return /^\s*answer:[ \t]*(\S.*)$/im.exec(text)?.[1]?.trim() ?? null
}

const abstentions =
  /\b(unknown|unknowable|undetermined|undefined|unclear|uncertain|unable|cannot|can ?not|can[’']t|couldn[’']t|impossible|insufficient|fictional|fictitious|imaginary|unspecified|unrecorded|unavailable|n\/a|not (?:enough|known|possible|provided|given|specified|stated|available|recorded|applicable|sure|certain|real|a real|a recognized|recognized|a country)|no (?:such|information|record|records|data|way|one knows|known|answer|idea|access|context)|nobody knows|(?:do|does|did)(?:n[’']t| not) (?:know|exist|have|say|specify|recognize)|(?:ha(?:ve|s|d))(?:n[’']t| not) (?:said|told|given|shared|mentioned|provided)|doesn[’']t|depends|missing|need more|non-?existent|never recorded)\b/i

/** Whether an answer says that it cannot be known. */
export function isAbstention(answer: string): boolean {
  return abstentions.test(answer)
}

/** Whether an answer only repeats what is missing, e.g. `x - 3`. */
export function isFormula(answer: string): boolean {
  return /\b(some|initial|original|[a-z])\s*(minus|plus|less|[-+−–])/i.test(answer)
}

/** Lower case, without accents and with single blanks. */
export function plainText(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]+/gu, ' ')
    .trim()
}

/** Whether a text contains the words of a name, one after the other. */
export function hasName(text: string, name: string): boolean {
  return ` ${plainText(text)} `.includes(` ${plainText(name)} `)
}

const refusals =
  /\b(?:I(?:[’']m| am) (?:sorry|unable|not able|afraid)|I (?:cannot|can[’']t|won[’']t|must decline|apologi[sz]e)|as an AI\b[^.]*\b(?:cannot|can[’']t|not able|unable))/i

/** Whether a text that answers nothing declines to. */
export function isRefusal(reply: string): boolean {
  return refusals.test(finalText(reply).slice(0, 300))
}
