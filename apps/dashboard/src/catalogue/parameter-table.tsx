import { Prose } from '../design/prose.tsx'
import { shownValue } from '../submit/fields/scalar-text.ts'
import { propertiesOf } from '../submit/schema-field.ts'
import { textOf, type Schema } from '../submit/schema.ts'

/** Parameters with their meaning, range and default. */
export function ParameterTable({ schema }: { readonly schema: Schema }) {
  const parameters = propertiesOf(schema)
  if (parameters.length === 0) return null
  return (
    <section aria-labelledby="parameters">
      <h2 id="parameters">Parameters</h2>
      <div className="wide" tabIndex={0} role="group" aria-label="Parameters">
        <table className="parameters">
          <thead>
            <tr>
              <th scope="col">name</th>
              <th scope="col">meaning</th>
              <th scope="col">range</th>
              <th scope="col">default</th>
            </tr>
          </thead>
          <tbody>
            {parameters.map(({ name, schema: inner }) => (
              <tr key={name}>
                <th scope="row">
                  <code>{name}</code>
                </th>
                <td>
                  <Prose text={textOf(inner['description']) ?? ''} />
                </td>
                <td>{rangeOf(inner)}</td>
                <td>{shownValue(inner['default'])}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function rangeOf(schema: Schema): string {
  if (Array.isArray(schema['enum'])) return schema['enum'].map(String).join(', ')
  const low = schema['minimum'] ?? schema['exclusiveMinimum']
  const high = schema['maximum'] ?? schema['exclusiveMaximum']
  const type = textOf(schema['type']) ?? ''
  return low === undefined && high === undefined ? type : `${type} ${bound(low)} to ${bound(high)}`
}

const bound = (value: unknown): string => (typeof value === 'number' ? String(value) : '…')
