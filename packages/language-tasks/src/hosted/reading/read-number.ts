import { finalText, plainMarks } from './texts.ts'

const number = String.raw`(-?\d+(?:\.\d+)?)`
/** It is not the first of a sum. */
const alone = String.raw`(?!\.?\d|\s*[-+*/×·=])`
const afterEquals = new RegExp(String.raw`=\s*${number}${alone}`, 'g')
const stated = new RegExp(String.raw`\banswer(?:\s+is)?:?\s+${number}${alone}`, 'gi')
const any = new RegExp(String.raw`(?<![\w.])${number}`, 'g')

/** The number that a reply states, or at which its sum ends, or the only one in it; null if there is none, or two. */
export function readNumber(reply: string): number | null {
  const text = plainMarks(finalText(reply)).replaceAll('$', '')
  const results = [...text.matchAll(stated)].slice(-1).concat([...text.matchAll(afterEquals)].slice(-1))
  const found = new Set((results.length > 0 ? results : [...text.matchAll(any)]).map((match) => Number(match[1])))
  const [only = null] = found
  return found.size === 1 ? only : null
}
