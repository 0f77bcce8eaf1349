import type { VerdictPart } from '@goalpost/contracts'
import { html, type Html } from './html.ts'

const marks = { good: '✓', bad: '✗', warning: '!', neutral: '○' } as const

export const provisionalMeaning =
  'Provisional: fewer seeds than the rule asks for stand behind the verdict; more of them may change it.'

/** The verdict's display name, with its mark; provisional ones are marked, with the reason. */
export function verdictName({ verdict, tone, provisional }: VerdictPart): Html {
  return html`<span aria-hidden="true">${marks[tone]}</span>
    ${verdict.replaceAll('-', ' ')}${provisional ? html` <small><abbr title="${provisionalMeaning}">provisional</abbr></small>` : null}`
}
