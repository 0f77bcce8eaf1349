import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { findUnbounded } from '../testing/find-unbounded.ts'

const source = path.resolve(import.meta.dirname, '..')
/** They show text that is given to them, and compute nothing from what the service answers. */
const small = new Set(
  (
    'Link Navigate Outlet Suspense Fragment PageList ErrorPanel QueryProblem ScopeNeeded MissingPage ' +
    'LiveMark RelativeTime By Prose StateMark SecretNotice'
  ).split(' '),
)
const pages = globSync('*/*-page.tsx', { cwd: source })

test('there are pages', () => {
  expect(pages.length).toBeGreaterThan(20)
})

test.each(pages)('a fault in a panel of %s leaves the page', (page) => {
  expect(findUnbounded(readFileSync(path.join(source, page), 'utf8'), (name) => small.has(name))).toEqual([])
})

test('what is drawn outside of a boundary is found, also through a function of the page', () => {
  const found = (jsx: string, more = '') =>
    findUnbounded(`export function Page() { return <article>${jsx}</article> }\n${more}`, (name) => small.has(name))
  const own = 'function Own() { return <Chart /> }'
  expect(found('<Chart />')).toEqual(['Page draws Chart'])
  expect(found('<PanelBoundary><Chart /></PanelBoundary>')).toEqual([])
  expect(found('{all.map((each) => <Chart key={each} />)}')).toEqual(['Page draws Chart'])
  expect(found('<PageList>{(items) => <Table items={items} />}</PageList>')).toEqual([])
  expect(found('<Own />', own)).toEqual(['Own draws Chart'])
  expect(found('<PanelBoundary><Own /></PanelBoundary>', own)).toEqual([])
})
