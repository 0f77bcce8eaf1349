import { expect, test } from 'vitest'
import { runnable } from './runnable.ts'

test('types go, and paths of sources and of the repository lead to where they are in the package', () => {
  const source = [
    `import { a, type B } from './a.ts'`,
    `import type { C } from '@goalpost/contracts'`,
    `const program = new URL('../../worker/src/main.ts', import.meta.url)`,
    `const examples: string = fileURLToPath(new URL('../../../../examples', import.meta.url))`,
    `export const text = 'a file.ts'`,
  ].join('\n')
  const lines = runnable(source, 'x.ts').split('\n')
  expect(lines.map((line) => line.replaceAll(/\s+/g, ' ').trim())).toEqual([
    `import { a, } from './a.js'`,
    ``,
    `const program = new URL('../../worker/src/main.js', import.meta.url)`,
    `const examples = fileURLToPath(new URL('../../../../../examples', import.meta.url))`,
    `export const text = 'a file.ts'`,
  ])
})
