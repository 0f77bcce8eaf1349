import { createElement as h } from 'react'
import { renderToString } from 'react-dom/server'
import { expect, test } from 'vitest'
import { FormContext } from '../form.ts'
import type { Schema } from '../schema.ts'
import { SchemaField } from './schema-field.tsx'

const shared = { spec: {}, issues: [], edit: () => {}, Field: SchemaField }
const drawn = (schema: Schema, value: unknown): string =>
  renderToString(h(FormContext, { value: shared }, h(SchemaField, { schema, value, label: 'seeds', path: ['seeds'] })))
const variants = {
  oneOf: ['conv', 'mlp'].map((kind) => ({ type: 'object', properties: { kind: { const: kind } } })),
  default: { kind: 'conv' },
}
const shapes = { anyOf: [{ type: 'integer' }, { type: 'array', items: { type: 'integer' } }], default: 3 }

test('a value that no choice fits is shown as it is, rather than as the default', () => {
  for (const value of [{ kind: 'rnn' }, 'rnn', { kind: 3 }, 3])
    expect(drawn(variants, value)).toMatch(/<option selected="">(rnn|3)<\/option>/)
  expect(drawn(variants, { kind: 'mlp' }).match(/selected/g)).toHaveLength(1)
  expect(drawn(shapes, 'many')).toContain('<option selected="">many</option>')
  expect(drawn({ enum: ['a', 'b'] }, 'c')).toContain('<option selected="">c</option>')
})

test('a fraction in place of a whole number keeps its input', () => {
  expect(drawn(shapes, 2.5)).toMatch(/<input[^>]*value="2.5"/)
})

test('a text with line breaks has an input that keeps them', () => {
  expect(drawn({ type: 'string' }, 'one\ntwo')).toContain('one\ntwo</textarea>')
  expect(drawn({}, 'one\ntwo')).toContain('two</textarea>')
  expect(drawn({ type: 'string' }, 'one')).not.toContain('textarea')
})

test('changes of options that have no fields of their own are edited as what they are', () => {
  expect(drawn({ type: 'object', additionalProperties: {}, 'x-changes-of': 'options' }, { steps: 3 })).toContain(
    'steps',
  )
})
