import { plainMarks, plainText } from './texts.ts'

/** Words that say by themselves that nobody knows, or that there is nothing to be known. */
const unknown =
  'unknown|unknowable|undetermined|indeterminate|indeterminable|undeterminable|undefined|unclear|uncertain|unspecified|unrecorded|undocumented|undisclosed|unavailable|unanswerable|unidentifiable|unverifiable|unverified|unsure|unfamiliar|unaware|nonexistent|non existent|fictional|fictitious|imaginary|invented'
/** What may follow such a word, so that no title does: `unknown to me`, `fictional country`. */
const afterUnknown = `${unknown}|to|as|due|because|without|from|in|since|at|given|no|not|by|country|place|nation|amount|number|quantity|total|value|information|entity|location|date|year|name|capital|currency|person`
const subject =
  '(?:(?:the|your|his|her|their|personal|private|initial|original|starting|exact|total) )*(?:its|value|amount|answer|number|total|count|quantity|country|capital|currency|year|date|name|location|information|details?|data|records?)'
const adverb = 'historically|currently|completely|simply|entirely|still|truly'

/** What can be done with a fact, to be denied. */
const learn =
  'know|known|determined?|said|say|tell|told|see|seen|calculated?|identify|identified|verify|verified|confirm|confirmed|ascertain|recall|read (?:your |peoples )?minds?|specify|specified|access|find|found|established'
const denied =
  'known|mentioned|documented|disclosed|provided|given|specified|stated|available|recorded|applicable|sure|certain|determinable|determined|real|aware|familiar|something (?:i|we)|recognized|recognised|shared|preserved|told|established|possible|calculable|knowable|defined|identified|reported|existed|independent|enough (?:information|info|data|details|context)|an? (?:\\w+ )?(?:country|place|nation)'
const holding = 'have (?:that|this|any|enough|access|information|a way|the|personal|an?|one|capital|currency)'
const missing =
  'records?|information|info|data|memory|evidence|sources?|answer|idea|access|context|knowledge|documentation'
const thing = 'country|place|nation|capital|currency|record|information|person|data|thing'
const thereIs = 'there is |there are |there was |there were |theres '
const some = '(?:.+ )?'
const more = '(?: .*)?'

/** How a part of an answer says that it cannot be known: the whole part, in lower case, without marks and apostrophes. */
const abstentions: readonly string[] = [
  `${some}(?:is|are|was|remains|were|appears|seems|sounds|looks) (?:to be )?(?:\\w+ )?(?:${unknown}|lost (?:to|in) \\w+)${more}`,
  `(?:(?:${subject}|${adverb}) )?(?:${unknown}|inapplicable|impossible|na|n a)(?: (?:${afterUnknown})${more})?`,
  `${some}(?:cannot|cant|can not|could not|couldnt|can never|could never) (?:possibly )?(?:be )?(?:${learn})${more}`,
  `(?:i am |im |its |it is |we are )?(?:unable|not able|impossible|not possible) to (?:${learn}|calculate|answer without)${more}`,
  `${some}(?:not|never|isnt|arent|wasnt|hasnt been) (?:\\w+ )?(?:${denied})${more}`,
  'never (?:became independent|gained independence)',
  `(?:${thereIs}|i have |we have |history has |history left )?no (?:\\w+ ){0,2}(?:${missing}|way (?:to|of) .*)${more}`,
  `(?:${thereIs})?no such (?:${thing})${more}`,
  `(?:${thereIs})?no (?:real world |(?:real|known|official|actual|verified|verifiable|recorded|recognized|documented|established) )?(?:country|capital|currency|independence|independence year|independence date|year)(?: (?:exists?|known|found|recorded|called .*|named .*))?`,
  `(?:${thereIs})no \\w+`,
  `(?:nobody|no one|only you|you alone|god only) (?:would )?(?:knows?|recorded|wrote|noted|can (?:know|say|tell))${more}`,
  `${some}(?:does not|do not|did not|would not|doesnt|dont|didnt|wouldnt) (?:\\w+ )?(?:know|record|exist|say|specify|provide|mention|recognize|recognise|tell|give|share|appear|${holding})${more}`,
  `(?:doesnt|dont|didnt) (?:know|exist)`,
  `${some}(?:havent|hasnt|have not|has not|never) (?:\\w+ )?(?:told|said|given|shared|mentioned|provided|specified|existed|recorded)${more}`,
  `(?:it |that |this |answer )?depends${more}`,
  `(?:insufficient|missing|more|needs?(?: more| the)?|requires?(?: more| the)?|not enough|lacking) (?:\\w+ )?(?:information|info|data|details|context|amount|number|count|value)${more}`,
  `lost (?:to|in) (?:history|time)|(?:i have )?no idea|(?:i am|im) an ai${more}|(?:i|we) lack .*`,
]

const abstention = new RegExp(`^(?:${abstentions.join('|')})$`)

/**
 * Whether an answer, or a part of it between marks, says that it cannot be known. `beside-an-answer`: only after
 * something else that may be one, as in `Toast, but I cannot know`.
 */
export type Abstention = 'none' | 'whole' | 'beside-an-answer'

/** `question`: repeating its words answers nothing. */
export function readAbstention(answer: string, question: string): Abstention {
  const asked = new Set(plainText(question).split(' '))
  const repeats = (part: string) =>
    part.split(' ').every((word) => asked.has(word) || asked.has(word.replace(/s$/, '')))
  const parts = partsOf(answer).map((part) => {
    const [title = '', ...rest] = part.split(':')
    return rest.length > 0 && repeats(title.trim()) ? rest.join(':').trim() : part
  })
  const first = parts.findIndex((part) => abstention.test(part))
  if (first < 0) return 'none'
  const isAnswer = (part: string) => part !== '' && !introduction.test(part) && !doubtful.test(part) && !repeats(part)
  return parts.slice(0, first).some(isAnswer) ? 'beside-an-answer' : 'whole'
}

const introduction =
  /^(?:(?:i am |im |we are )?(?:very |so |truly )?sorry|(?:my )?apologies|unfortunately|sadly|honestly|well|hmm|thank you.*|(?:good|great|interesting) question|as an? .*|(?:i am|im) an? .*)$/

/** Words of answers that are about the answer, or a gap to be filled in. */
const doubtful =
  /\b(?:no|not|none|never|nobody|unknown|unnamed|unsure|know[ns]?|cannot|doesnt|dont|didnt|isnt|havent|wasnt|information|records?|recorded|fictional|fictitious|imaginary|nonexistent|depends?|need|please|tell me|ask|check|tbd|insert|various|cant (?!help))\b|^\W*$|[[\]_]|\?/

/** Marks of a guess, which claims no certainty: at the beginning, so that no title counts, or in words that none has. */
const guess =
  /^\W*(?:perhaps|maybe|likely|most likely|i(?: would|d| will|ll)? guess|(?:my |best |a )*guess:|my (?:best )?guess|i (?:think|believe|assume|suppose)|could be|might be|(?:it|you|they|that) (?:could|might|may) (?:be|have))\b|\b(?:probably|presumably|possibly)\b|, (?:perhaps|maybe|likely)\W*$|\((?:a |just a |my |wild |best |purely )*(?:guess|assumed|hypothetical|speculative|speculation)\b|\b(?:just|only|merely) (?:a guess|guessing)\b/

/** Whether an answer is marked as a guess. */
export function isGuess(answer: string): boolean {
  return guess.test(withoutApostrophes(answer))
}

/** Whether it is doubtful that an answer says what was asked for. */
export function isDoubtful(answer: string): boolean {
  return doubtful.test(withoutApostrophes(answer))
}

/** Not at colons, which titles have: `Mission: Impossible`. */
function partsOf(answer: string): string[] {
  const parts = withoutApostrophes(answer).split(/[.,;()!?\n–—]| [-/] /)
  return parts.map((part) => part.replace(/[^\p{Letter}\p{Number}:]+/gu, ' ').trim())
}

function withoutApostrophes(text: string): string {
  return plainMarks(text).toLowerCase().replaceAll("'", '')
}
