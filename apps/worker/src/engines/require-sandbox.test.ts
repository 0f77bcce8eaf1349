import { expect, test } from 'vitest'
import { requireSandbox } from './require-sandbox.ts'

test('a machine without a full sandbox is refused where one is required, with the remedy', () => {
  expect(() => requireSandbox('bubblewrap')).not.toThrow()
  for (const weaker of ['network-namespace', 'none'] as const)
    expect(() => requireSandbox(weaker)).toThrow(/bubblewrap does not work .* Install bubblewrap/)
})
