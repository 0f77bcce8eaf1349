import type { VerdictPart } from '@goalpost/contracts'
import { createElement as h, Fragment } from 'react'

const marks = { good: '✓', bad: '✗', warning: '!', neutral: '○' } as const

export const provisionalMeaning = 'Provisional: the verdict has fewer seeds than the rule requires; more may change it.'

/** The verdict's display name, with its mark; provisional ones are marked, with the reason. */
export function VerdictName({ part: { verdict, tone, provisional } }: { readonly part: VerdictPart }) {
  return h(
    Fragment,
    null,
    h('span', { 'aria-hidden': true }, marks[tone]),
    ` ${verdict.replaceAll('-', ' ')}`,
    provisional && h(Fragment, null, ' ', h('small', null, h('abbr', { title: provisionalMeaning }, 'provisional'))),
  )
}
