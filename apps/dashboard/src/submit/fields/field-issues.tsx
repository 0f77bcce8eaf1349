import type { InputIssue } from '@goalpost/contracts'
import { Prose } from '../../design/prose.tsx'
import { issueText } from '../spec-issues.ts'

type Props = { readonly issues: readonly InputIssue[]; readonly id?: string }

/** What is wrong with a field, beside it. */
export function FieldIssues({ issues, id }: Props) {
  if (issues.length === 0) return null
  return (
    <ul className="field-issues problem" id={id}>
      {issues.map((issue) => (
        <li key={issue.pointer + issue.message}>
          <Prose text={issueText(issue)} />
        </li>
      ))}
    </ul>
  )
}
