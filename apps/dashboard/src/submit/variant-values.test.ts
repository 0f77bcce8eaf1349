import { expect, test } from 'vitest'
import { startOf } from './fields/add-property.tsx'
import { fieldOf, type VariantsField } from './schema-field.ts'
import { presentVariant, variantToWrite, withVariant } from './variant-values.ts'

const variant = (kind: string, ...names: readonly string[]) => ({
  type: 'object',
  properties: { kind: { const: kind }, ...Object.fromEntries(names.map((name) => [name, { type: 'integer' }])) },
})
const schema = { oneOf: [variant('conv', 'crop', 'width'), variant('mlp', 'width')] }
const field: VariantsField = fieldOf(schema) as VariantsField
const given = (value: unknown, inherited?: unknown, isSparse = false) => ({ by: 'kind', value, inherited, isSparse })

test('the variant that holds is the one that is set, or the inherited one', () => {
  const cases = [given('mlp', 'conv'), given({ kind: 'mlp' }), given(undefined, { kind: 'conv' }), given({ crop: 1 })]
  expect(cases.map(presentVariant)).toEqual(['mlp', 'mlp', 'conv', ''])
})

test('a field of a variant that the text does not name has its name written first', () => {
  for (const value of [undefined, {}, { crop: 1 }]) expect(variantToWrite(given(value, { kind: 'conv' }))).toBe('conv')
  expect(variantToWrite(given('mlp', { kind: 'conv' }))).toBe('mlp')
  expect(variantToWrite(given({ kind: 'mlp' }, { kind: 'conv' }))).toBeUndefined()
  expect(variantToWrite(given(undefined))).toBeUndefined()
})

test('a change of an object needs no name, a change of what is only named does', () => {
  expect(variantToWrite(given({}, { kind: 'conv' }, true))).toBeUndefined()
  expect(variantToWrite(given({}, 'conv', true))).toBe('conv')
  expect(variantToWrite(given('mlp', { kind: 'conv' }, true))).toBe('mlp')
  const property = { name: 'net', schema, isRequired: false }
  expect(startOf(property, { net: 'conv' })).toBe('conv')
  expect(startOf(property, { net: { kind: 'conv' } })).toEqual({})
})

test('of the changes, those stay that the chosen variant has a field for', () => {
  const changed = { kind: 'conv', crop: 1, width: 2 }
  const choose = (name: string, inherited: unknown, isSparse = true) =>
    withVariant(name, given(changed, inherited, isSparse), field)
  expect(choose('mlp', 'conv')).toEqual({ kind: 'mlp', width: 2 })
  expect(choose('', { kind: 'mlp' })).toEqual({ width: 2 })
  expect(choose('', { kind: 'conv' })).toEqual({ crop: 1, width: 2 })
  expect(choose('mlp', 'conv', false)).toEqual({ kind: 'mlp' })
  expect(choose('', 'conv', false)).toBeUndefined()
})
