import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { suite } from './suites.ts'

const root = path.resolve(import.meta.dirname, '..')
const ours = '{apps,packages,guards,tests,scripts,benchmarks}/**/*.test.ts'
const all = globSync(ours, { cwd: root, exclude: ['**/node_modules/**'] })

function filesOf(name: 'quick' | 'long'): string[] {
  const { include, exclude } = suite(name)
  return all.filter(
    (file) =>
      include.some((pattern) => path.matchesGlob(file, pattern)) &&
      !exclude.some((pattern) => path.matchesGlob(file, pattern)),
  )
}

test('every test file is in exactly one of the two suites', () => {
  expect(all.length).toBeGreaterThan(0)
  expect([...filesOf('quick'), ...filesOf('long')].toSorted()).toEqual(all.toSorted())
})

test('every package has a script for each suite, so that turbo omits none', () => {
  const manifests = globSync('{apps,packages}/*/package.json', { cwd: root })
  expect(manifests.length).toBeGreaterThan(0)
  for (const manifest of manifests) {
    const { scripts } = JSON.parse(readFileSync(path.join(root, manifest), 'utf8')) as { scripts: object }
    expect(scripts, manifest).toMatchObject({
      quick: 'node ../../scripts/run-suite.ts quick',
      long: 'node ../../scripts/run-suite.ts long',
    })
  }
})
