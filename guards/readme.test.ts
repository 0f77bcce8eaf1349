import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '..')
const readme = readFileSync(path.join(root, 'README.md'), 'utf8')

test('the Python in the README equals the file that its commands run', () => {
  const [, shown] = /```python\n([^]*?)```/.exec(readme) ?? []
  expect(shown).toBe(readFileSync(path.join(root, 'examples/read_results.py'), 'utf8'))
})
