import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { isAddressOf, routePaths } from './route-paths.ts'

const root = path.resolve(import.meta.dirname, '../../../..')
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8')
/** A layout around pages; and what leads on to another page wherever there is something to show. */
const without = new Set(['/administration', '/experiments/by-name/$name'])
const pages = routePaths(read('apps/dashboard/src/router.tsx')).filter((each) => !without.has(each))
/** The addresses that a script opens, with something in the place of what it puts in. */
const pictured = [...read('scripts/dashboard-pictures.ts').matchAll(/path: [`'](\/[^`']*)[`']/g)].flatMap(
  ([, each]) => {
    const address = each.replaceAll(/\$\{[^}]*\}/g, 'x')
    if (each.startsWith('/${kind}s')) return ['/models/x', '/gates/x']
    if (each === '/administration/${name}')
      return ['keys', 'members', 'webhooks', 'usage', 'audit', 'workspaces'].map((name) => `/administration/${name}`)
    return [address]
  },
)

test('the pages of the router are found', () => {
  expect(pages).toEqual(expect.arrayContaining(['/experiments/$id/replay', '/administration/keys', '/join']))
  expect(pages.length).toBeGreaterThan(20)
  expect(isAddressOf('/runs/$id', '/runs/x?seed=1')).toBe(true)
  expect(isAddressOf('/runs/$id', '/runs')).toBe(false)
})

test.each(pages)('there are pictures of %s', (page) => {
  expect(pictured.some((address) => isAddressOf(page, address))).toBe(true)
})
