import { expect, test } from 'vitest'
import { overrideSpec } from './override-spec.ts'

const file = {
  path: 'x.yaml',
  text: '',
  spec: {
    apiVersion: 'goalpost/v1' as const,
    protocol: 'any',
    name: 'x',
    seeds: 5,
    options: { steps: 10, inner: { a: 1, b: 2 } },
  },
}

test('a command line overrides fields of the file, and changes neither other fields nor the file', () => {
  const changed = overrideSpec(file, {
    seeds: '3',
    set: ['options.steps=4096', 'options.inner.b=[1, 2]', 'options.made.here=yes'],
  })
  expect(changed.spec).toEqual({
    ...file.spec,
    seeds: 3,
    options: { steps: 4096, inner: { a: 1, b: [1, 2] }, made: { here: 'yes' } },
  })
  expect(file.spec.options.steps).toBe(10)
  expect(overrideSpec(file, {})).toBe(file)
})

test.each([['options.steps'], ['=1'], ['options..steps=1'], ['__proto__.x=1']])('--set %s is refused', (set) => {
  expect(() => overrideSpec(file, { set: [set] })).toThrow(/--set must look like/)
})

test('an unknown field is refused as if the file had it', () => {
  expect(() => overrideSpec(file, { set: ['optoins.steps=1'] })).toThrow(/not valid/)
})
