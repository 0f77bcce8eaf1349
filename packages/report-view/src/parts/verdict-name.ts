import type { VerdictPart } from '@goalpost/contracts'
import { createElement as h, Fragment } from 'react'

const marks = { good: '✓', bad: '✗', warning: '!', neutral: '○' } as const

export const provisionalMeaning = 'Provisional: the verdict has fewer seeds than the rule requires; more may change it.'

/** The verdict's display name, with its mark; provisional ones are marked, with the reason. Without any replicate nothing was judged. */
export function VerdictName({ part }: { readonly part: VerdictPart }) {
  const { verdict, tone, provisional } = part
  if (isUnjudged(part)) return h(Fragment, null, h('span', { 'aria-hidden': true }, marks[tone]), ' not judged')
  return h(
    Fragment,
    null,
    h('span', { 'aria-hidden': true }, marks[tone]),
    ` ${verdict.replaceAll('-', ' ')}`,
    provisional && h(Fragment, null, ' ', h('small', null, h('abbr', { title: provisionalMeaning }, 'provisional'))),
  )
}

/** Its reason says why; its sentence says the same. */
export function isUnjudged({ tally, numbers }: VerdictPart): boolean {
  return numbers.length === 0 && Object.values(tally).every((count) => count === 0)
}
