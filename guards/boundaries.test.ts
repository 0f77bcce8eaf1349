import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { boundaries, executorsMay, owners, type Boundary } from './boundaries.ts'

/**
 * Proves that the linter enforces the table: a copy of the repository's skeleton gets one file per forbidden import;
 * the linter must refuse every one of them, and none of the allowed ones.
 */
const root = path.resolve(import.meta.dirname, '..')
const folders = ['packages', 'apps'].flatMap((kind) =>
  readdirSync(path.join(root, kind)).map((name) => `${kind}/${name}`),
)
const entries = folders.flatMap((folder) => {
  const { name, exports } = JSON.parse(readFileSync(path.join(root, folder, 'package.json'), 'utf8'))
  return Object.keys(exports ?? { '.': '' }).map((entry) => `${name}${entry.slice(1)}`)
})

type Planted = { file: string; source: string; refused: boolean }
const planted: Planted[] = []
let refusedFiles = new Set<string>()
let skeleton = ''

function plant(folder: string, source: string, refused: boolean, within = 'src') {
  planted.push({ file: `${folder}/${within}/planted-${planted.length}.ts`, source: `${source}\n`, refused })
}

function plantImports({ folder, may, mayImportTypesOf = [] }: Boundary, within = 'src') {
  const own = `@goalpost/${folder.split('/')[1]}`
  for (const entry of entries.filter((candidate) => candidate !== own)) {
    const name = entry.replace('@goalpost/', '')
    plant(folder, `import * as planted from '${entry}'\nexport const used = planted`, !may.includes(name), within)
    if (mayImportTypesOf.includes(name))
      plant(folder, `import type * as planted from '${entry}'\nexport type Used = typeof planted`, false, within)
  }
}

beforeAll(() => {
  for (const boundary of boundaries) {
    plantImports(boundary)
    if (boundary.pure) {
      plant(boundary.folder, "import { readFileSync } from 'node:fs'\nexport const used = readFileSync", true)
      plant(boundary.folder, 'export const used = Math.random()', true)
      plant(boundary.folder, 'export const used = Date.now()', true)
      plant(boundary.folder, 'export const used = process.pid', true)
    }
    if (boundary.browserSafe) {
      plant(boundary.folder, "import { createHash } from 'node:crypto'\nexport const used = createHash", true)
      plant(boundary.folder, "export const used = fetch('https://example.org')", false)
    }
    plant(boundary.folder, "export const used = process.env['HOME']", true)
    plant(boundary.folder, "import { x } from '../../../packages/other/src/index.ts'\nexport const used = x", true)
    plant(boundary.folder, "export { x } from '../../api/src/app.ts'", boundary.folder !== 'apps/api')
    for (const owner of owners)
      plant(
        boundary.folder,
        `import * as planted from '${examplePackage(owner.packages)}'\nexport const used = planted`,
        !owner.folders.includes(boundary.folder),
      )
  }
  plantImports({ folder: 'packages/protocols', may: executorsMay }, 'src/some-protocol/run')

  skeleton = mkdtempSync(path.join(tmpdir(), 'goalpost-boundaries-'))
  for (const file of ['oxlint.config.ts', 'guards/boundaries.ts', 'tsconfig.json', 'package.json'])
    cpSync(path.join(root, file), path.join(skeleton, file))
  for (const folder of folders)
    cpSync(path.join(root, folder, 'package.json'), path.join(skeleton, folder, 'package.json'))
  symlinkSync(path.join(root, 'node_modules'), path.join(skeleton, 'node_modules'))
  for (const { file, source } of planted) {
    mkdirSync(path.dirname(path.join(skeleton, file)), { recursive: true })
    writeFileSync(path.join(skeleton, file), source)
  }
  refusedFiles = new Set(
    lint(skeleton)
      .filter(isBoundaryRule)
      .map(({ filename }) => filename),
  )
})

afterAll(() => rmSync(skeleton, { recursive: true, force: true }))

function examplePackage(pattern: string): string {
  return pattern
    .replace('(@prisma/|prisma$)', '@prisma/client')
    .replace('(bullmq|ioredis)(/|$)', 'bullmq')
    .replace('(pg|pg-copy-streams)(/|$)', 'pg')
    .replace('(fastify|@fastify/)', 'fastify')
    .replace('@tensorflow/', '@tensorflow/tfjs-core')
    .replace('@aws-sdk/', '@aws-sdk/client-s3')
    .replace('(/|$)', '')
}

type Diagnostic = { code: string; filename: string }

function lint(folder: string): Diagnostic[] {
  const oxlint = path.join(root, 'node_modules/oxlint/bin/oxlint')
  try {
    execFileSync(process.execPath, [oxlint, '--format=json'], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      stdio: 'pipe',
    })
  } catch (error) {
    return JSON.parse((error as { stdout: string }).stdout).diagnostics
  }
  throw new Error('The linter found nothing wrong with a tree full of forbidden imports')
}

function isBoundaryRule({ code }: Diagnostic): boolean {
  return /no-restricted-(imports|globals|properties)|no-process-env/.test(code)
}

describe('the import arrows are enforced', () => {
  test.each(boundaries.map(({ folder }) => folder))(
    '%s: every forbidden import is refused and no allowed one',
    (folder) => {
      const here = planted.filter(({ file }) => file.startsWith(`${folder}/`))
      expect(here.some(({ refused }) => refused)).toBe(true)
      const wrong = here.filter(({ file, refused }) => refusedFiles.has(file) !== refused)
      expect(
        wrong.map(({ source, refused }) => `${refused ? 'not refused' : 'refused'}: ${source.split('\n')[0]}`),
      ).toEqual([])
    },
  )

  test('every package and app has a row in the table', () => {
    expect(boundaries.map(({ folder }) => folder).toSorted()).toEqual(folders.toSorted())
  })
})
