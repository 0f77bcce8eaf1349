import { expect, test } from 'vitest'
import { chosenVariant, fieldOf } from './schema-field.ts'

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

test('a name may stand for a variant', () => {
  const variant = (kind: string) => ({ type: 'object', properties: { kind: { const: kind } }, required: ['kind'] })
  const union = { oneOf: [variant('ppo'), variant('plr')] }
  expect(fieldOf({ anyOf: [{ type: 'string', const: 'ppo' }, union] })).toMatchObject({
    kind: 'variants',
    by: 'kind',
    variants: [{ name: 'ppo' }, { name: 'plr' }],
  })
  expect(fieldOf({ anyOf: [{ const: 'other' }, union] })).toEqual({ kind: 'yaml' })
  expect([
    chosenVariant('ppo', 'kind'),
    chosenVariant({ kind: 'plr' }, 'kind'),
    chosenVariant(undefined, 'kind'),
  ]).toEqual(['ppo', 'plr', ''])
})

test('what no input fits is written as YAML', () => {
  expect(fieldOf({ type: 'array', items: {} })).toEqual({ kind: 'yaml' })
  expect(fieldOf({ anyOf: [{ const: 'fresh' }, { type: 'integer' }] })).toEqual({ kind: 'yaml' })
})
