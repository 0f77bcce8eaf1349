import { useForm } from '../form.ts'
import type { Property } from '../schema-field.ts'
import { issuesAt } from '../spec-issues.ts'
import { FieldIssues } from './field-issues.tsx'

/** What is wrong with a spec where it has no field, e.g. a name that no spec has. */
export function SectionIssues({ properties }: { readonly properties: readonly Property[] }) {
  const { issues } = useForm()
  return (
    <FieldIssues
      issues={issuesAt(
        issues,
        [],
        properties.map(({ name }) => name),
      )}
    />
  )
}
