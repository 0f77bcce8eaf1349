import { experimentSpec, experimentSpecSchema } from '@goalpost/contracts'
import { expect, test } from 'vitest'
import { changesOf, specProperties } from './form-schema.ts'
import { optionPaths } from './option-paths.ts'
import { fieldOf } from './schema-field.ts'
import { objectOf, withoutReferences } from './schema.ts'
import { sectionsOf } from './sections.ts'

const variant = (kind: string, rest: object) => ({ type: 'object', properties: { kind: { const: kind }, ...rest } })
const rate = { type: 'number', minimum: 0 }
const options = {
  type: 'object',
  properties: {
    train: { type: 'object', properties: { rate, note: { type: 'string' } } },
    net: { default: { kind: 'small' }, oneOf: [variant('small', { width: rate }), variant('large', { depth: rate })] },
    sizes: { type: 'array', items: rate },
  },
}
const general = withoutReferences(experimentSpecSchema())
const propertiesFor = (spec: object) =>
  specProperties({ general, protocols: ['one'], options, measures: ['height'], spec: { ...spec } })
const schemaFor = (name: string, spec: object = {}) =>
  objectOf(propertiesFor(spec).find((property) => property.name === name)?.schema)

test('options are named by dotted paths, those of a union by the variant that is chosen or the default', () => {
  const paths = (value: object) => optionPaths(options, value).map(({ path }) => path)
  expect(paths({})).toEqual(['train.rate', 'train.note', 'net.kind', 'net.width', 'sizes'])
  expect(paths({ net: { kind: 'large' } })).toContain('net.depth')
})

test('every field of a spec is in a section, also those that no section names', () => {
  const properties = [...propertiesFor({ apiVersion: 'goalpost/v1' }), { name: 'new', schema: {}, isRequired: false }]
  const shown = sectionsOf(properties, { apiVersion: 'goalpost/v1' }).flatMap((section) => section.properties)
  const names = [...Object.keys(experimentSpec.shape).filter((name) => name !== 'apiVersion'), 'new']
  expect(shown.map(({ name }) => name).toSorted()).toEqual(names.toSorted())
})

test('every field of a spec says what it is', () => {
  const named = propertiesFor({}).filter(({ name }) => name !== 'apiVersion')
  expect(named.filter(({ schema }) => typeof schema['description'] !== 'string').map(({ name }) => name)).toEqual([])
})

test('a grid offers the options, each with values of its type', () => {
  const field = fieldOf(schemaFor('grid'))
  expect(field).toMatchObject({
    kind: 'map',
    suggestions: ['train.rate', 'train.note', 'net.kind', 'net.width', 'sizes'],
    known: { 'train.rate': { items: rate }, 'net.kind': { items: { enum: ['small', 'large'] } } },
  })
})

test('the options of a condition are changes of the common ones, by the same schema', () => {
  const field = fieldOf(schemaFor('conditions'))
  const items = field.kind === 'list' ? fieldOf(field.items) : null
  const inner = items?.kind === 'group' ? items.properties.find(({ name }) => name === 'options') : undefined
  expect(inner?.schema).toMatchObject({ [changesOf]: 'options', properties: options.properties })
})

test('a protocol that is not known here stays a choice; a search names numbers and measures', () => {
  expect(schemaFor('protocol', { protocol: 'two' })['enum']).toEqual(['two', 'one'])
  expect(schemaFor('search')).toMatchObject({
    properties: { over: { examples: ['train.rate', 'net.width'] }, measure: { examples: ['height'] } },
  })
})
