import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { expect, test } from 'vitest'

/** Static imports, without types: `import { x } from 'y'`, `export … from 'y'`. */
const staticImport = /^(?:import|export)\s+(?!type\b)(?:[^'"]*?\sfrom\s+)?'([^']+)'/gm

/** Every package that a file loads, directly or through its imports. */
function packagesOf(entry: string): Set<string> {
  const packages = new Set<string>()
  const seen = new Set<string>()
  const visit = (file: string): void => {
    if (seen.has(file)) return
    seen.add(file)
    for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(staticImport)) {
      if (name.startsWith('.')) visit(resolve(dirname(file), name))
      else packages.add(name)
    }
  }
  visit(entry)
  return packages
}

const light = ['commander', 'fastest-levenshtein', 'picocolors']
const loaded = (file: string) =>
  [...packagesOf(resolve(import.meta.dirname, file))].filter((name) => !name.startsWith('node:'))

test('help, the version and a typo load only the parser of command lines: no schemas, no client', () => {
  expect(loaded('main.ts').toSorted()).toEqual(light)
  expect(loaded('commands/version.ts')).toEqual([])
})

test('the graph is followed: a command’s dependencies are found', () => {
  expect(loaded('commands/list.ts')).toContain('@goalpost/contracts')
})
