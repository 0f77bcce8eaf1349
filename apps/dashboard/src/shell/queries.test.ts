import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { findSilentQueries } from '../testing/find-silent-queries.ts'

const source = path.resolve(import.meta.dirname, '..')
const asking = globSync('**/*.{ts,tsx}', { cwd: source })
  .filter((file) => !file.includes('.test.') && !file.startsWith('testing'))
  .map((file) => ({ file, text: readFileSync(path.join(source, file), 'utf8') }))
  .filter(({ text }) => /\buse(Query|Queries|Pages)\(/.test(text))

test('there are files with queries', () => {
  expect(asking.length).toBeGreaterThan(40)
})

test.each(asking)('what cannot be read is shown: $file', ({ text }) => {
  expect(findSilentQueries(text)).toEqual([])
})

test.each([
  ['const { data } = useQuery(all)\nuse(data)', '{ data }'],
  ['const list = useQuery(all)\nuse(list.data)', 'list'],
  ['const list = useQuery(all)\nconst { data } = list', 'list'],
  ['const list = usePages(all)\nuse(list.items)', 'list'],
  ['const list = useQuery(all)\nuse({ list: list.data })', 'list'],
])('a query that fails in silence is found: %s', (text, found) => {
  expect(findSilentQueries(text)).toEqual([found])
})

test.each([
  'const { data, error } = useQuery(all)',
  'const list = useQuery(all)\nif (list.error) use(list.data)',
  'const list = useQuery(all)\nuse(<QueryProblem of={list} what="The list" />)',
  'const read = useQueries(all)\nuse(read.find(({ error }) => error))',
  'function useAll() { return useQuery(all) }',
])('one that is shown, or handed on, is none: %s', (text) => {
  expect(findSilentQueries(text)).toEqual([])
})
