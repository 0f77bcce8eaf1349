import { globSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const workspaces = globSync(['apps/*/package.json', 'packages/*/package.json'], { cwd: root }).map(dirname).toSorted()

/** Declared by the root for the tests of every workspace. */
const shared: ReadonlySet<string> = new Set(['vitest', ...builtinModules])

/** Packages by their declared name: `@goalpost/engine/builds` is `@goalpost/engine`. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8')
  const found = text.matchAll(
    /^(?:import|export)\b[^'"]*?\bfrom '([^'.][^']*)'|^import '([^'.][^']*)'|\bimport\('([^'.][^']*)'\)/gm,
  )
  return [...found]
    .map(([, named, bare, lazy]) => named ?? bare ?? lazy ?? '')
    .filter((name) => !name.startsWith('node:') && !name.includes('$'))
    .map((name) => name.split('/', name.startsWith('@') ? 2 : 1).join('/'))
}

type Declared = Record<
  'dependencies' | 'devDependencies' | 'optionalDependencies' | 'peerDependencies',
  object | undefined
>

function declaredBy(workspace: string): ReadonlySet<string> {
  const manifest: { name: string } & Declared = JSON.parse(readFileSync(join(root, workspace, 'package.json'), 'utf8'))
  const { dependencies, devDependencies, optionalDependencies, peerDependencies } = manifest
  const groups = [dependencies, devDependencies, optionalDependencies, peerDependencies]
  return new Set([manifest.name, ...groups.flatMap((group) => Object.keys(group ?? {}))])
}

test('there are workspaces, and their imports are found', () => {
  expect(workspaces).toContain('apps/worker')
  expect(importsOf('apps/worker/src/engines/probe.ts')).toContain('@goalpost/engine')
})

test.each(workspaces)('%s declares every package that it imports', (workspace) => {
  const declared = declaredBy(workspace)
  const files = globSync(`${workspace}/{src,test,bin}/**/*.{ts,tsx,mjs}`, { cwd: root })
  const missing = files.flatMap((file) =>
    importsOf(file)
      // Made by a bundler's plug-in.
      .filter((name) => !name.startsWith('virtual:'))
      .filter((name) => !declared.has(name) && !shared.has(name))
      .map((name) => `${name} in ${file}`),
  )
  expect(missing).toEqual([])
})
