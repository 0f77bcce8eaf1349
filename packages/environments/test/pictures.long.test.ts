import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { test } from 'vitest'

test('the pictures in docs/environments match the code', () => {
  const script = fileURLToPath(new URL('../../../scripts/draw-environments.ts', import.meta.url))
  execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' })
})
