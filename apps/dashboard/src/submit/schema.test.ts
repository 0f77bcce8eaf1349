import { expect, test } from 'vitest'
import { withoutReferences } from './schema.ts'

test('definitions stand in place of references; those that contain themselves become any value', () => {
  const schema = {
    properties: { size: { $ref: '#/$defs/size', description: 'how large' }, any: { $ref: '#/$defs/json' } },
    $defs: {
      size: { type: 'integer', default: 1 },
      json: { anyOf: [{ type: 'number' }, { type: 'array', items: { $ref: '#/$defs/more' } }] },
      more: { $ref: '#/$defs/json' },
    },
  }
  expect(withoutReferences(schema)).toEqual({
    properties: { size: { type: 'integer', default: 1, description: 'how large' }, any: {} },
  })
})
