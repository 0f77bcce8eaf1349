import { expect, test } from 'vitest'
import { editSpec, type SpecEdit } from './spec-edit.ts'
import { readSpec } from './spec-text.ts'

const text = `# why
name: first
seeds: 2
options:
  steps: 10 # few
conditions:
  - name: a # the first
    options: { steps: 1 }
  # what it is compared with
  - name: b
grid:
  alpha: [ 0, 1 ]
`
const edited = (...edits: readonly SpecEdit[]): string => edits.reduce(editSpec, text)
const read = (...edits: readonly SpecEdit[]) => readSpec(edited(...edits)).value

test('a value is set with comments and everything else kept', () => {
  expect(edited({ kind: 'set', path: ['options', 'steps'], value: 20 })).toBe(text.replace('10', '20'))
  expect(edited({ kind: 'set', path: ['seeds'], value: undefined })).toBe(text.replace('seeds: 2\n', ''))
  expect(read({ kind: 'set', path: ['options', 'net', 'kind'], value: 'mlp' })['options']).toEqual({
    steps: 10,
    net: { kind: 'mlp' },
  })
})

test('quotes of the value before are not kept', () => {
  expect(editSpec('name: ""\n', { kind: 'set', path: ['name'], value: 'a' })).toBe('name: a\n')
  expect(editSpec('name: a\n', { kind: 'set', path: ['name'], value: '3' })).toBe('name: "3"\n')
})

test('a value is set below what is empty, missing or of another type', () => {
  const set = (given: string) => editSpec(given, { kind: 'set', path: ['options', 'steps'], value: 1 })
  for (const given of ['', 'options:\n', 'options: none\n']) expect(set(given)).toBe('options:\n  steps: 1\n')
})

test('text that cannot be read is not changed', () => {
  const broken = 'a: [1\nb: 2'
  expect(editSpec(broken, { kind: 'set', path: ['b'], value: 3 })).toBe(broken)
})

test('items are moved with their comments', () => {
  const moved = edited({ kind: 'move', path: ['conditions'], from: 0, to: 1 })
  expect(moved).toContain('# the first')
  expect(moved.indexOf('# what it is compared with')).toBeLessThan(moved.indexOf('name: b'))
  expect(readSpec(moved).value['conditions']).toEqual([{ name: 'b' }, { name: 'a', options: { steps: 1 } }])
})

test('items are inserted, duplicated and removed; a list without items goes', () => {
  expect(read({ kind: 'insert', path: ['conditions'], index: 1, value: { name: 'c' } })['conditions']).toMatchObject([
    { name: 'a' },
    { name: 'c' },
    { name: 'b' },
  ])
  const duplicated = read(
    { kind: 'duplicate', path: ['conditions'], index: 0 },
    { kind: 'set', path: ['conditions', 1, 'options', 'steps'], value: 2 },
  )
  expect(duplicated['conditions']).toEqual([
    { name: 'a', options: { steps: 1 } },
    { name: 'a', options: { steps: 2 } },
    { name: 'b' },
  ])
  const remove = { kind: 'remove', path: ['grid', 'alpha'], index: 0 } as const
  expect(read(remove)['grid']).toEqual({ alpha: [1] })
  expect(read(remove, remove)['grid']).toEqual({})
})

test('the first item makes the list', () => {
  expect(edited({ kind: 'insert', path: ['grid', 'options.size'], index: 0, value: 3 })).toBe(
    `${text}  options.size: [ 3 ]\n`,
  )
})

test('a member is renamed in its place, but never onto another', () => {
  expect(edited({ kind: 'rename', path: ['grid'], from: 'alpha', to: 'beta' })).toBe(text.replace('alpha', 'beta'))
  expect(edited({ kind: 'rename', path: [], from: 'name', to: 'seeds' })).toBe(text)
})

test('what refers to another place becomes a copy before it is changed', () => {
  const shared = 'base: &base\n  steps: 1\noptions: *base\n'
  const { value } = readSpec(editSpec(shared, { kind: 'set', path: ['options', 'steps'], value: 2 }))
  expect(value).toEqual({ base: { steps: 1 }, options: { steps: 2 } })
})
