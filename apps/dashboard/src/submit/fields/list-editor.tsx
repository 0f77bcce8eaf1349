import { blankOf } from '../blank-value.ts'
import { fieldId, useForm, spokenPlace } from '../form.ts'
import { fieldOf, type ListField } from '../schema-field.ts'
import { issuesAt } from '../spec-issues.ts'
import { FieldHead } from './field-head.tsx'
import { FieldHelp } from './field-help.tsx'
import { FieldIssues } from './field-issues.tsx'
import type { FieldProps } from './field-props.ts'
import { ListItem } from './list-item.tsx'
import { useListItems } from './use-list-items.ts'

/** The items of a list, each with its field, to add, duplicate, move and remove. */
export function ListEditor({
  schema,
  label,
  path,
  value,
  base,
  field,
  isSparse = false,
}: FieldProps & { readonly field: ListField }) {
  const { issues } = useForm()
  const items: readonly unknown[] = Array.isArray(value) ? value : []
  const { list, add, ...changes } = useListItems(path, items.length)
  const inherited = base ?? schema['default']
  const isFull = items.length >= field.most
  return (
    <div role="group" className="schema-field list" aria-label={spokenPlace(path)} ref={list}>
      <FieldHead {...{ label, path, isSparse }} fallback={items.length === 0 ? inherited : undefined} />
      <FieldHelp schema={schema} />
      <FieldIssues issues={issuesAt(issues, path, [...items.keys()])} />
      {items.length > 0 && <Items {...{ label, path, items, field, isFull, changes }} />}
      <button
        type="button"
        className="small add-item"
        id={fieldId(path)}
        disabled={isFull}
        onClick={() => add(items.length === 0 ? blankOf(field.items) : nextOf(items, field))}
      >
        Add to {label}
      </button>
    </div>
  )
}

type ItemsProps = Pick<FieldProps, 'label' | 'path'> & {
  readonly items: readonly unknown[]
  readonly field: ListField
  readonly isFull: boolean
  readonly changes: Omit<ReturnType<typeof useListItems>, 'list' | 'add'>
}

function Items({ label, path, items, field, isFull, changes: { keys, newest, ...changes } }: ItemsProps) {
  return (
    <ol className={isShort(field) ? 'items short' : 'items'}>
      {items.map((item, index) => (
        <ListItem
          key={keys[index]}
          schema={field.items}
          path={[...path, index]}
          value={item}
          name={`${label} ${index + 1}`}
          {...{ index, isFull, ...changes }}
          count={items.length}
          isOpenAtFirst={keys[index] === newest || (path.length === 1 && items.length <= mostOpen)}
        />
      ))}
    </ol>
  )
}

/** So many items of a list that is no part of another are open from the start. */
const mostOpen = 3

/** Whether an item is one small input, so that several fit in a line. */
const isShort = ({ items }: ListField): boolean => ['number', 'toggle', 'choice'].includes(fieldOf(items).kind)

/** A new number is unlike the last one, as lists seldom repeat themselves. */
function nextOf(items: readonly unknown[], { items: schema }: ListField): unknown {
  const last = items.at(-1)
  return typeof last === 'number' && fieldOf(schema).kind === 'number' ? last + 1 : blankOf(schema)
}
