import { expect, test } from 'vitest'
import { resolveBeginning } from './resolve-id.ts'

const experiments: { id: string; name: string; labels: Record<string, string> }[] = [
  // The newest, computed by `verify`.
  {
    id: '0198cccc-0000-7000-8000-000000000003',
    name: 'corner',
    labels: { 'goalpost/verifies': '0198bbbb-0000-7000-8000-000000000001' },
  },
  { id: '0198aaaa-0000-7000-8000-000000000002', name: 'corner:long/run', labels: {} },
  { id: '0198bbbb-0000-7000-8000-000000000001', name: 'corner', labels: {} },
]
type Query = { readonly named?: string; readonly search?: string }
const api = {
  experiments: async ({ named, search = '' }: Query) => ({
    items: experiments.filter(
      ({ id, name }) => (named ?? name) === name && (id.startsWith(search) || name.includes(search)),
    ),
    nextCursor: null,
  }),
}

test.each([
  ['corner', '0198bbbb-0000-7000-8000-000000000001'],
  ['corner:alpha=0', '0198bbbb-0000-7000-8000-000000000001:alpha=0'],
  ['corner:alpha=0/3', '0198bbbb-0000-7000-8000-000000000001:alpha=0/3'],
  ['corner/3', '0198bbbb-0000-7000-8000-000000000001:/3'],
  ['last:a:b/3', '0198aaaa-0000-7000-8000-000000000002:a:b/3'],
  ['0198bb:alpha=0', '0198bbbb-0000-7000-8000-000000000001:alpha=0'],
])('%s begins with an experiment, whose id takes its place', async (text, expected) => {
  expect(await resolveBeginning(api, text)).toBe(expected)
})

test('if names contain colons and slashes, the longest prefix that is an experiment counts', async () => {
  expect(await resolveBeginning(api, 'corner:long/run')).toBe('0198aaaa-0000-7000-8000-000000000002')
  expect(await resolveBeginning(api, 'corner:long/run:a/3')).toBe('0198aaaa-0000-7000-8000-000000000002:a/3')
  expect(await resolveBeginning(api, 'corner:long/ran')).toBe('0198bbbb-0000-7000-8000-000000000001:long/ran')
})

test('a name that looks like the beginning of an id is a name first', async () => {
  const named = { id: '0198dddd-0000-7000-8000-000000000004', name: '0198', labels: {} }
  experiments.push(named)
  expect(await resolveBeginning(api, '0198')).toBe(named.id)
  experiments.pop()
  await expect(resolveBeginning(api, '0198')).rejects.toThrow('could be any of 3 experiments')
})

test('text that no experiment can be called is not asked for', async () => {
  await expect(resolveBeginning(api, '')).rejects.toThrow('no experiment')
  await expect(resolveBeginning(api, 'x'.repeat(121))).rejects.toThrow('no experiment')
})

test('if no prefix is an experiment, the shortest one is reported as unknown', async () => {
  await expect(resolveBeginning(api, 'coroner:a/3')).rejects.toThrow(/"coroner"/)
})

test('experiments of verify are found by id only, not by last or a name', async () => {
  expect(await resolveBeginning(api, 'last')).toBe('0198aaaa-0000-7000-8000-000000000002')
  expect(await resolveBeginning(api, 'corner')).toBe('0198bbbb-0000-7000-8000-000000000001')
  expect(await resolveBeginning(api, '0198cc')).toBe('0198cccc-0000-7000-8000-000000000003')
})
