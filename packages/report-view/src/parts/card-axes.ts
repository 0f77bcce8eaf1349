import type { VerdictPart } from '@goalpost/contracts'
import type { Axis } from '../axis.ts'
import { stripAxis } from './strip-axis.ts'
import { thresholdOf } from './verdict-thresholds.ts'

type CardNumber = VerdictPart['numbers'][number]

/**
 * Numbers with a threshold share one axis and the others another, over all cards, so that cards can be compared by eye.
 */
export type CardAxes = { readonly judged: Axis | null; readonly beside: Axis | null }

export function cardAxes(parts: readonly VerdictPart[]): CardAxes {
  const grouped = parts.map((part) => ({ part, ...groupNumbers(part) }))
  const judged = grouped.flatMap((group) => group.judged)
  const thresholds = grouped.flatMap((group) => group.judged.flatMap((number) => thresholdOf(number, group.part) ?? []))
  const beside = grouped.flatMap((group) => group.beside)
  return { judged: axisOf(judged, thresholds), beside: axisOf(beside, []) }
}

function axisOf(numbers: readonly CardNumber[], thresholds: readonly number[]): Axis | null {
  const references = numbers.flatMap((number) => (number.references ?? []).map(({ value }) => value))
  return stripAxis(
    numbers.map(({ estimate }) => estimate),
    { thresholds, references },
  )
}

/** The numbers that the rule compares with a threshold, and the others. */
export function groupNumbers(part: VerdictPart): { judged: CardNumber[]; beside: CardNumber[] } {
  const isJudged = (number: CardNumber) => thresholdOf(number, part) !== undefined
  return { judged: part.numbers.filter(isJudged), beside: part.numbers.filter((number) => !isJudged(number)) }
}
