import { expect, test } from 'vitest'
import { fieldOf } from './schema-field.ts'

test('scalars have the input that fits them', () => {
  expect(fieldOf({ type: 'integer', minimum: 1 })).toEqual({ kind: 'number', whole: true, low: 1, high: undefined })
  expect(fieldOf({ type: 'string', enum: ['a', 'b'] })).toEqual({ kind: 'choice', options: ['a', 'b'] })
  expect(fieldOf({ type: 'boolean' })).toEqual({ kind: 'toggle' })
})

test('objects that a constant tells apart are variants', () => {
  const variant = (kind: string, rest: object) => ({
    type: 'object',
    properties: { kind: { const: kind }, ...rest },
    required: ['kind'],
  })
  expect(fieldOf({ oneOf: [variant('mlp', {}), variant('conv', { dense: { type: 'integer' } })] })).toEqual({
    kind: 'variants',
    by: 'kind',
    variants: [
      { name: 'mlp', description: undefined, properties: [] },
      {
        name: 'conv',
        description: undefined,
        properties: [{ name: 'dense', schema: { type: 'integer' }, isRequired: false }],
      },
    ],
  })
})

test('what no input fits is written as YAML', () => {
  expect(fieldOf({ type: 'array', items: {} })).toEqual({ kind: 'yaml' })
  expect(fieldOf({ anyOf: [{ const: 'fresh' }, { type: 'integer' }] })).toEqual({ kind: 'yaml' })
})
