import { expect, test } from 'vitest'
import { blankOf, shapeOf } from './blank-value.ts'
import { fieldOf } from './schema-field.ts'
import type { Schema } from './schema.ts'

test('a new value is the default, or the smallest that the schema takes', () => {
  const cases: readonly (readonly [Schema, unknown])[] = [
    [{ type: 'integer', minimum: 2, default: 7 }, 7],
    [{ type: 'integer', minimum: 2 }, 2],
    [{ type: 'number', exclusiveMinimum: 0 }, 1],
    [{ type: 'string' }, ''],
    [{ enum: ['a', 'b'] }, 'a'],
    [{ type: 'array', items: { type: 'string' } }, []],
    [{ type: 'array', items: { type: 'string' }, minItems: 1 }, ['']],
    [{ type: 'array', prefixItems: [{ type: 'number' }, { type: 'boolean' }] }, [0, false]],
    [{ type: 'object', properties: { a: { type: 'string' }, b: { type: 'string' } }, required: ['a'] }, { a: '' }],
    [{ oneOf: [{ type: 'object', properties: { kind: { const: 'x' } }, required: ['kind'] }] }, { kind: 'x' }],
  ]
  expect(cases.map(([schema]) => blankOf(schema))).toEqual(cases.map(([, blank]) => blank))
})

test('the form of a value is found by its type and its names', () => {
  const field = fieldOf({
    anyOf: [
      { type: 'integer' },
      { type: 'object', properties: { first: {}, count: {} }, additionalProperties: false },
      { type: 'array', items: { type: 'integer' } },
      { type: 'string' },
      { const: 'latest' },
    ],
  })
  const shapes = field.kind === 'shapes' ? field.shapes : []
  const titles = [5, { first: 1 }, [1, 2], 'latest', 'other', { odd: 1 }, 0.5].map(
    (value) => shapeOf(value, shapes)?.title,
  )
  expect(titles).toEqual(['a whole number', 'first and count', 'a list', 'latest', 'a text', undefined, undefined])
})
