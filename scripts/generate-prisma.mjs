// Generates the Prisma client into packages/store. `--check` writes nothing and fails if the checked-in client differs
// from the generated one.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const generated = 'packages/store/src/generated'

if (process.argv.includes('--check')) check()
else generate(root)

function generate(folder) {
  rmSync(join(folder, generated), { recursive: true, force: true })
  execFileSync(join(root, 'node_modules/.bin/prisma'), ['generate', '--schema', join(folder, 'prisma/schema.prisma')], {
    cwd: root,
    // Prisma downloads a schema engine that generation does not use, so any program will do.
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      // Nor does it report this to Prisma.
      CHECKPOINT_DISABLE: '1',
    },
    // Its output is part of the error if it fails.
    stdio: 'pipe',
  })
}

function check() {
  const folder = mkdtempSync(join(tmpdir(), 'goalpost-prisma-'))
  try {
    cpSync(join(root, 'prisma'), join(folder, 'prisma'), { recursive: true })
    generate(folder)
    const [expected, found] = [contentsOf(join(folder, generated)), contentsOf(join(root, generated))]
    const stale = [...new Set([...expected.keys(), ...found.keys()])].filter(
      (name) => expected.get(name) !== found.get(name),
    )
    if (stale.length === 0) return
    console.error(`Not what prisma/schema.prisma gives: ${stale.join(', ')}\nRun: npm run generate:prisma`)
    process.exitCode = 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function contentsOf(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name)
      return [path.slice(folder.length + 1), readFileSync(path, 'utf8')]
    }),
  )
}
