import type { VerdictPart } from '@goalpost/contracts'
import { createElement as h } from 'react'
import { formatNumber } from '../numbers.ts'
import { breakable } from '../prose.ts'

type CardNumber = VerdictPart['numbers'][number]

/**
 * The threshold for a number. Reports of earlier versions do not give one with each number: for them, the threshold of
 * the same name.
 */
export function thresholdOf({ threshold, name }: CardNumber, { thresholds }: VerdictPart): number | undefined {
  return threshold ?? thresholds[name.replaceAll(/ (\w)/g, (_, letter: string) => letter.toUpperCase())]
}

/** The rule's thresholds: first those that all verdicts share, then those that differ, by verdict. */
export function ThresholdList({ parts }: { readonly parts: readonly VerdictPart[] }) {
  const names = [...new Set(parts.flatMap(({ thresholds }) => Object.keys(thresholds)))]
  if (names.length === 0) return null
  const isShared = (name: string) => new Set(parts.map(({ thresholds }) => thresholds[name])).size === 1
  const shared = names.filter(isShared)
  const differing = names.filter((name) => !isShared(name))
  const differences = differing.length === 0 ? [] : parts
  return h(
    'details',
    null,
    h('summary', null, 'Thresholds of the rule'),
    h('p', null, listed(parts[0], shared)),
    ...differences.map((part) => h('p', null, breakable(part.title), ': ', listed(part, differing))),
  )
}

function listed(part: VerdictPart | undefined, names: readonly string[]): string {
  return names
    .flatMap((name) => {
      const value = part?.thresholds[name]
      return value === undefined ? [] : [`${wordsOf(name)} ${formatNumber(value)}`]
    })
    .join(', ')
}

/** `goalPosition` → `goal position`. */
const wordsOf = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
