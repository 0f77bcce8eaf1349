import { ErrorPanel } from '../shell/error-panel.tsx'
import { QueryProblem } from '../shell/query-problem.tsx'
import { SchemaFields } from './fields/schema-fields.tsx'
import { SectionIssues } from './fields/section-issues.tsx'
import { VariantFields } from './fields/variant-fields.tsx'
import { useForm } from './form.ts'
import { fieldOf, type Property } from './schema-field.ts'
import { sectionsOf, type Section } from './sections.ts'
import { useSpecProperties } from './use-spec-properties.ts'

/** What is known of the protocol that the spec names. */
type Chosen = ReturnType<typeof useSpecProperties>['protocol']

/** All fields of a spec, in sections. */
export function SpecSections() {
  const { spec } = useForm()
  const { properties, protocols, protocol } = useSpecProperties()
  const sections = sectionsOf(properties, spec)
  return (
    <>
      <QueryProblem of={protocols} what="The list of protocols" />
      <SectionIssues properties={sections.flatMap((section) => section.properties)} />
      {sections.map((section) => (
        <SpecSection key={section.title} section={section} protocol={protocol} />
      ))}
    </>
  )
}

function SpecSection({
  section: { title, note, properties },
  protocol,
}: {
  readonly section: Section
  readonly protocol: Chosen
}) {
  const { spec } = useForm()
  const [only] = properties
  const isOptions = only?.name === 'options'
  return (
    <section className="form-section" aria-label={title}>
      <h2>{title}</h2>
      {note !== undefined && <p className="note">{note}</p>}
      {isOptions ? (
        <Options property={only} protocol={protocol} />
      ) : (
        <SchemaFields properties={properties} path={[]} value={spec} />
      )}
    </section>
  )
}

/** The protocol's own options, without a group around them. */
function Options({ property: { schema }, protocol }: { readonly property: Property; readonly protocol: Chosen }) {
  const { spec } = useForm()
  const field = fieldOf(schema)
  const given = { path: ['options'], value: spec['options'] }
  if (field.kind === 'group') return <SchemaFields {...given} properties={field.properties} />
  if (field.kind === 'variants') return <VariantFields {...given} field={field} isRequired />
  if (protocol.isError) return <ErrorPanel error={protocol.error} retry={() => void protocol.refetch()} />
  return <p className="note">{protocol.isLoading ? 'Loading the options…' : 'Choose a protocol to see its options.'}</p>
}
