import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { experimentSpec } from '@goalpost/contracts'
import { explainZodError, parseDocument } from '@goalpost/validation'
import { expand, resolveSpec } from '@goalpost/experiments'
import { expect, test } from 'vitest'
import { protocols } from './index.ts'

const folder = path.resolve(import.meta.dirname, '../../../examples')
const league = readdirSync(path.join(folder, 'league')).map((file) => `league/${file}`)
const files = [...readdirSync(folder), ...league].filter((file) => file.endsWith('.yaml'))

/** The command line uploads the file of an option `file:path` and replaces the option with its hash. */
function withFiles(text: string): string {
  return text.replaceAll(/file:([\w./-]+)/g, (_, name: string) => {
    expect(existsSync(path.join(folder, name)), `${name} is there`).toBe(true)
    return 'f'.repeat(64)
  })
}

test.each(files)('examples/%s is accepted unchanged, and plans tasks', (file) => {
  const text = readFileSync(path.join(folder, file), 'utf8')
  expect(text, 'says first what it is about').toMatch(/^# \S/)
  const document = parseDocument(withFiles(text), 'yaml')
  const spec = experimentSpec.safeParse(document)
  if (!spec.success) throw new Error(JSON.stringify(explainZodError(spec.error, experimentSpec, document), null, 2))
  expect(spec.data.name, 'is found by the name of its file').toBe(path.basename(file, '.yaml'))
  const resolution = resolveSpec(spec.data, protocols, { saltHash: 'a'.repeat(64) })
  if (!resolution.ok) throw new Error(JSON.stringify(resolution.issues, null, 2))
  const { resolved } = resolution
  const { runs, tasks } = expand(resolved, protocols, { name: 'onnx', build: '1', threads: 1 })
  expect(runs).toHaveLength(resolved.conditions.length * resolved.seeds.length)
  // The analysis of a search is planned at its end.
  const own = resolved.search === undefined ? tasks.length - 1 : tasks.length
  expect(own).toBeGreaterThanOrEqual(runs.length)
})
