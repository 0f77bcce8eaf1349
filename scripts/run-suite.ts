/**
 * Runs one suite (`quick` or `long`, see guards/suites.ts) of the package in the current folder; at the root, the tests
 * outside packages. Writes Vitest's report to `reports/`, which turbo caches and `count-tests.ts` adds up.
 */
import { spawnSync } from 'node:child_process'
import { globSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { rootFolders, sharedWorkers, suite } from '../guards/suites.ts'

const root = path.dirname(import.meta.dirname)
const name = process.argv[2] === 'long' ? 'long' : 'quick'
const here = path.relative(root, process.cwd())
const folders = here === '' ? rootFolders : [here]
const { include, exclude } = suite(name)
const files = globSync(include, { cwd: root, exclude }).filter((file) =>
  folders.some((folder) => file.startsWith(`${folder}/`)),
)

const report = path.join(process.cwd(), 'reports', `${name}.json`)
mkdirSync(path.dirname(report), { recursive: true })
if (files.length === 0) writeFileSync(report, JSON.stringify({ numTotalTests: 0, numPassedTests: 0, success: true }))
else {
  const config = name === 'long' ? ['--config', 'vitest.long.config.ts'] : []
  const isolation = name === 'quick' && sharedWorkers.includes(here) ? ['--no-isolate'] : []
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  // One worker per package, as turbo runs one package per core.
  const { status } = spawnSync('vitest', ['run', ...config, ...isolation, '--maxWorkers=1', ...reporters, ...files], {
    cwd: root,
    stdio: 'inherit',
    // Halves the start of the threads and processes that tests start.
    env: { ...process.env, NODE_COMPILE_CACHE: path.join(root, 'node_modules/.cache/goalpost-compiled') },
  })
  process.exitCode = status ?? 1
}
