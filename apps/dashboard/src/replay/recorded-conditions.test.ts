import type { ResolvedCondition } from '@goalpost/contracts'
import { expect, test } from 'vitest'
import { keepsEpisodes } from './recorded-conditions.ts'

const of = (name: string, options: ResolvedCondition['options']) => ({ name, options }) as ResolvedCondition

test('only a condition that says that it records none has no episodes', () => {
  const conditions = [
    of('none', { evaluation: { recorded: 0 } }),
    of('some', { evaluation: { recorded: 8 } }),
    of('another protocol', { draws: 5 }),
  ]
  const keeping = ['none', 'some', 'another protocol', 'unknown'].filter((name) => keepsEpisodes({ conditions }, name))
  expect(keeping).toEqual(['some', 'another protocol', 'unknown'])
})
