import { Prose } from '../../design/prose.tsx'
import { textOf, type Schema } from '../schema.ts'

/** The description of a field, where its schema has one. */
export function FieldHelp({ schema, id }: { readonly schema: Schema; readonly id?: string }) {
  const text = textOf(schema['description'])
  if (text === undefined) return null
  return (
    <small id={id}>
      <Prose text={text} />
    </small>
  )
}
