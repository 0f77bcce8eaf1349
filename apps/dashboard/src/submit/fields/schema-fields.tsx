import { useForm } from '../form.ts'
import { AddProperty } from './add-property.tsx'
import { FieldIssues } from './field-issues.tsx'
import type { Property } from '../schema-field.ts'
import { objectOf } from '../schema.ts'
import { issuesAt } from '../spec-issues.ts'
import type { FieldProps } from './field-props.ts'

type Props = Pick<FieldProps, 'path' | 'value' | 'base' | 'isSparse'> & { readonly properties: readonly Property[] }

/** Inputs for the properties of an object. Those that are left empty have their default. */
export function SchemaFields({ properties, path, value, base, isSparse = false }: Props) {
  const { issues, Field } = useForm()
  const values = objectOf(value)
  const isShown = ({ name }: Property): boolean => !isSparse || values[name] !== undefined
  const shown = properties.filter(isShown)
  return (
    <div className="fields">
      {/* At the top, each section of the form shows its own. */}
      {path.length > 0 && (
        <FieldIssues
          issues={issuesAt(
            issues,
            path,
            shown.map(({ name }) => name),
          )}
        />
      )}
      {shown.map(({ name, schema, isRequired }) => (
        <Field
          key={name}
          label={name}
          path={[...path, name]}
          value={values[name]}
          base={objectOf(base)[name]}
          {...{ schema, isRequired, isSparse }}
        />
      ))}
      {isSparse && <AddProperty properties={properties.filter((each) => !isShown(each))} {...{ path, base }} />}
    </div>
  )
}
