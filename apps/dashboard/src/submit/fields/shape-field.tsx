import { blankOf, shapeOf } from '../blank-value.ts'
import { fieldId, useForm, spokenPlace } from '../form.ts'
import { fieldOf, type Shape } from '../schema-field.ts'
import { hasConstant } from '../schema.ts'
import { issuesAt } from '../spec-issues.ts'
import { FieldHead } from './field-head.tsx'
import { FieldHelp } from './field-help.tsx'
import { FieldIssues } from './field-issues.tsx'
import type { FieldProps } from './field-props.ts'
import { SchemaFields } from './schema-fields.tsx'
import { ScalarInput } from './scalar-input.tsx'
import { shownValue } from './scalar-text.ts'

/** A choice of the form that a value has, and the field for that form. */
export function ShapeField(props: FieldProps & { readonly shapes: readonly Shape[] }) {
  const { schema, label, path, value, base, shapes, isRequired = false, isSparse = false } = props
  const { edit, issues } = useForm()
  const shape = shapeOf(value, shapes)
  const inherited = base ?? schema['default']
  const fallback = inherited === undefined ? (isRequired ? 'choose…' : 'not set') : `default: ${shownValue(inherited)}`
  const choose = (title: string): void => {
    const next = shapes.find((each) => each.title === title)
    edit({ kind: 'set', path, value: next === undefined ? undefined : blankOf(next.schema) })
  }
  const isWhole = shape === undefined || hasConstant(shape.schema)
  return (
    <div className="schema-field">
      <FieldHead {...{ label, path, isSparse }}>
        <label htmlFor={fieldId(path)}>{label}</label>
      </FieldHead>
      <div className="shape">
        <select
          id={isWhole ? fieldId(path) : undefined}
          aria-label={isWhole ? undefined : `Kind of value of ${spokenPlace(path)}`}
          value={shape?.title ?? ''}
          onChange={({ target }) => choose(target.value)}
        >
          <option value="">{fallback}</option>
          {shapes.map(({ title }) => (
            <option key={title}>{title}</option>
          ))}
        </select>
        {!isWhole && <ShapeInput {...props} shape={shape} />}
      </div>
      {/* Fields of a list or an object show their own. */}
      {(isWhole || isScalar(shape)) && <FieldIssues issues={issuesAt(issues, path)} />}
      <FieldHelp schema={schema} />
    </div>
  )
}

const isScalar = ({ schema }: Shape): boolean =>
  ['number', 'text', 'toggle', 'choice', 'any'].includes(fieldOf(schema).kind)

/** The field of the chosen form, beside the choice if it is a single input. */
function ShapeInput({ shape, ...props }: FieldProps & { readonly shape: Shape }) {
  const { edit, issues, Field } = useForm()
  const { path, value } = props
  const field = fieldOf(shape.schema)
  if (field.kind === 'group') return <SchemaFields {...{ path, value }} properties={field.properties} />
  if (!isScalar(shape)) return <Field {...props} schema={shape.schema} />
  return (
    <ScalarInput
      id={fieldId(path)}
      field={field}
      value={value}
      fallback=""
      describedBy=""
      isInvalid={issuesAt(issues, path).length > 0}
      onChange={(next) => edit({ kind: 'set', path, value: next })}
    />
  )
}
