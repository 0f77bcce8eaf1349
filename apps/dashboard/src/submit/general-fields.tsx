import { useQuery } from '@tanstack/react-query'
import { useSession } from '../session/session.ts'
import { schemaOf, textOf } from './schema-field.ts'
import { SchemaFields } from './schema-fields.tsx'
import type { SpecPath } from './spec-text.ts'

type Props = {
  readonly spec: Readonly<Record<string, unknown>>
  readonly onChange: (path: SpecPath, value: unknown) => void
}

const seeds = { description: 'A number of seeds; or { first, count }; or a list', default: 5 }
const conditions = { description: 'Arms with options of their own: a list of { name, options }' }

/** The fields of every protocol's experiments. */
export function GeneralFields({ spec, onChange }: Props) {
  const { client } = useSession()
  const protocols = useQuery({ queryKey: ['protocols'], queryFn: () => client.protocols(), staleTime: Infinity })
  const names = protocols.data?.items.map(({ name }) => name) ?? [textOf(spec['protocol']) ?? '']
  const field = (name: string, schema: object, isRequired = false) => ({ name, schema: schemaOf(schema), isRequired })
  const properties = [
    field('name', { type: 'string' }, true),
    field('protocol', { enum: names }, true),
    field('description', { type: 'string' }),
    field('seeds', seeds),
    field('grid', { description: 'A condition for each combination: { option: [values] }' }),
    field('conditions', conditions),
    field('labels', { description: 'To find it again: { team: alignment }' }),
  ]
  return <SchemaFields properties={properties} path={[]} value={spec} onChange={onChange} />
}
