import { plainMarks } from './texts.ts'

/** How a part of an answer says that it cannot be known. Each is the whole part, without marks and apostrophes. */
const abstentions: readonly string[] = [
  String.raw`(?:.+ )?(?:is|are|was|remains|were) (?:\w+ )?(?:unknown|unknowable|undetermined|indeterminate|undefined|unclear|uncertain|unspecified|unrecorded|undocumented|undisclosed|unavailable|fictional|fictitious|imaginary|invented|unidentifiable|unverifiable|unverified|nonexistent|lost (?:to|in) \w+)(?: .*)?`,
  String.raw`(?:(?:its|historically|currently|completely|simply|entirely|still|truly|value|amount|answer|number|total|capital|currency|information|data|records?) )?(?:unknown|unknowable|undetermined|indeterminate|indeterminable|undeterminable|undefined|unclear|uncertain|unspecified|unrecorded|undocumented|undisclosed|unavailable|unanswerable|unidentifiable|unverifiable|unverified|unsure|nonexistent|non existent|fictional|fictitious|imaginary|inapplicable|impossible|na|n a)(?: (?:to|as|due|because|without|from|in|since|at|given|no|not|by|country|place|nation|amount|number|quantity|total|value|information|entity|location|date|year|name|capital|currency|person)(?: .*)?)?`,
  String.raw`(?:.+ )?(?:cannot|cant|can not|could not|couldnt|can never|could never) (?:possibly )?(?:be )?(?:know|known|determined?|said|say|tell|told|see|seen|calculated?|identif(?:y|ied)|verif(?:y|ied)|confirm(?:ed)?|ascertain(?:ed)?|recall|read your mind|specif(?:y|ied)|access|find|found|established)(?: .*)?`,
  String.raw`(?:i am |im |its |it is |we are )?(?:unable|not able|impossible|not possible) to (?:know|determine|say|tell|calculate|identify|verify|confirm|ascertain|see|answer without)(?: .*)?`,
  String.raw`(?:.+ )?(?:not|never|isnt|arent|wasnt|hasnt been) (?:\w+ )?(?:known|mentioned|documented|disclosed|provided|given|specified|stated|available|recorded|applicable|sure|certain|determinable|determined|real|recognized|recognised|shared|preserved|told|established|possible|calculable|knowable|defined|identified|reported|existed|independent|enough (?:information|info|data|details|context)|an? (?:\w+ )?(?:country|place|nation))(?: .*)?`,
  String.raw`never (?:became |gained |existed|been )?(?:independen(?:t|ce)|existed|recorded)?`,
  String.raw`(?:there (?:is|are|was|were) |theres |i have |we have |history has |history left )?no (?:\w+ ){0,2}(?:records?|information|info|data|way (?:to|of) .*|evidence|sources?|answer|idea|access|context|knowledge|documentation)(?: .*)?`,
  String.raw`(?:there (?:is|are|was|were) |theres )?no such (?:country|place|nation|capital|currency|record|information|person|data|thing)(?: .*)?`,
  String.raw`(?:there (?:is|are|was|were) |theres )?no (?:real |known |official |actual )?(?:country|capital|currency|independence|independence (?:year|date)|year)(?: (?:exists?|known|found|recorded|called .*|named .*))?`,
  String.raw`(?:nobody|no one|only you|you alone|god only) (?:knows?|recorded|wrote|noted|can (?:know|say|tell))(?: .*)?`,
  String.raw`(?:.+ )?(?:does|do|did|would)(?: not|nt) (?:\w+ )?(?:know|record|exist|have (?:that|this|any|enough|access|information|a way|the|personal|an?)|say|specify|provide|mention|recognize|recognise|tell|give|appear)(?: .*)?`,
  String.raw`(?:doesnt|dont|didnt) (?:know|exist)(?: .*)?`,
  String.raw`(?:.+ )?(?:dont|doesnt|didnt|havent|hasnt|have not|has not|didnt) (?:\w+ )?(?:know|exist|told|tell|said|say|given|give|shared|share|mentioned|mention|provided|provide|specified|specify|have (?:that|this|any|enough|access|information|a way|the|personal|an?)|existed)(?: .*)?`,
  String.raw`(?:it |that |this |answer )?depends(?: .*)?`,
  String.raw`(?:insufficient|missing|more|need more|needs more|not enough|lacking) (?:\w+ )?(?:information|info|data|details|context)(?: .*)?`,
  String.raw`lost (?:to|in) (?:history|time)|(?:i have )?no idea|(?:i am|im) an ai(?: .*)?|only you (?:would )?know(?: .*)?|(?:i|we) lack .*`,
]

const abstention = new RegExp(`^(?:${abstentions.join('|')})$`)

/** Whether an answer, or a part of it between marks, says that it cannot be known. */
export function isAbstention(answer: string): boolean {
  return partsOf(answer).some((part) => abstention.test(part))
}

/** Words of answers that are about the answer, or a gap to be filled in. */
const doubtful =
  /\b(?:no|not|none|never|nobody|unknown|unnamed|unsure|know[ns]?|cannot|doesnt|dont|didnt|isnt|havent|wasnt|information|records?|recorded|fictional|fictitious|imaginary|nonexistent|depends?|need|ask|check|tbd|insert|various|cant (?!help))\b|^\W*$|[[\]_]|\?/

/** Whether it is doubtful that an answer says what was asked for. */
export function isDoubtful(answer: string): boolean {
  return doubtful.test(plainMarks(answer).toLowerCase().replaceAll("'", ''))
}

/** Not at colons, which titles have: `Mission: Impossible`. */
function partsOf(answer: string): string[] {
  return plainMarks(answer)
    .toLowerCase()
    .replaceAll("'", '')
    .split(/[.,;()!?\n–—]| [-/] /)
    .map((part) =>
      part
        .replace(/[^\p{Letter}\p{Number}:]+/gu, ' ')
        .replace(/^answer: */, '')
        .trim(),
    )
}
