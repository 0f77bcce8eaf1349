import { expect, test } from 'vitest'
import { chosenVariant, fieldOf } from './schema-field.ts'

const variant = (kind: string, rest: object = {}) => ({
  type: 'object',
  properties: { kind: { const: kind }, ...rest },
  required: ['kind'],
})

test('scalars have the input that fits them', () => {
  expect(fieldOf({ type: 'integer', minimum: 1 })).toEqual({ kind: 'number', whole: true, low: 1, high: undefined })
  expect(fieldOf({ type: 'string', enum: ['a', 'b'] })).toEqual({ kind: 'choice', options: ['a', 'b'] })
  expect(fieldOf({ const: 3 })).toEqual({ kind: 'choice', options: [3] })
  expect(fieldOf({ type: 'boolean' })).toEqual({ kind: 'toggle' })
  expect(fieldOf({ type: 'string', examples: ['a'] })).toEqual({ kind: 'text', suggestions: ['a'] })
})

test('objects that a constant tells apart are variants', () => {
  expect(fieldOf({ oneOf: [variant('mlp'), variant('conv', { dense: { type: 'integer' } })] })).toEqual({
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

test('a name may stand for a variant', () => {
  const union = { oneOf: [variant('ppo'), variant('plr')] }
  expect(fieldOf({ anyOf: [{ type: 'string', const: 'ppo' }, union] })).toMatchObject({
    kind: 'variants',
    by: 'kind',
    variants: [{ name: 'ppo' }, { name: 'plr' }],
  })
  expect([
    chosenVariant('ppo', 'kind'),
    chosenVariant({ kind: 'plr' }, 'kind'),
    chosenVariant(undefined, 'kind'),
  ]).toEqual(['ppo', 'plr', ''])
})

test('lists, lists of a fixed length and objects with free names have fields of their own', () => {
  expect(fieldOf({ type: 'array', items: { type: 'number' }, maxItems: 3 })).toEqual({
    kind: 'list',
    items: { type: 'number' },
    most: 3,
  })
  expect(fieldOf({ type: 'array', prefixItems: [{ type: 'number' }, {}] })).toEqual({
    kind: 'tuple',
    items: [{ type: 'number' }, {}],
  })
  const map = {
    type: 'object',
    properties: { size: { type: 'integer' } },
    additionalProperties: {},
    propertyNames: { examples: ['size'] },
  }
  expect(fieldOf(map)).toEqual({
    kind: 'map',
    known: { size: { type: 'integer' } },
    values: {},
    suggestions: ['size'],
  })
})

test('a value that may have several forms has a choice of them, constants first', () => {
  const range = { type: 'object', properties: { first: {}, count: {} } }
  const field = fieldOf({
    anyOf: [{ type: 'integer' }, range, { type: 'string' }, { const: 'latest' }, { const: null }],
  })
  expect(field.kind === 'shapes' && field.shapes.map(({ title }) => title)).toEqual([
    'latest',
    'nothing',
    'a whole number',
    'first and count',
    'a text',
  ])
  expect(fieldOf({ description: 'anything' })).toEqual({ kind: 'any' })
})
