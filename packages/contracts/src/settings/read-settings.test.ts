import { expect, test } from 'vitest'
import { z } from 'zod'
import { readSettings } from './read-settings.ts'
import { wholeNumber } from './settings.ts'

const schema = z.object({ WAIT_MS: wholeNumber(0, 60_000).default(1_000), NAME: z.string('is missing').optional() })
const former = { WAIT: { now: 'WAIT_MS', factor: 1_000 }, OLD_NAME: { now: 'NAME' } }
const read = (environment: Record<string, string | undefined>) => readSettings(schema, environment, former)

test('a former name is read in its own unit, and the current name takes precedence', () => {
  expect(read({ WAIT: '5', OLD_NAME: 'a' })).toEqual({ WAIT_MS: 5_000, NAME: 'a' })
  expect(read({ WAIT: '5', WAIT_MS: '7' })).toEqual({ WAIT_MS: 7 })
})

test('an empty variable counts as not set, under either name', () => {
  expect(read({ WAIT: '', WAIT_MS: '', NAME: undefined })).toEqual({ WAIT_MS: 1_000 })
  expect(read({ WAIT: '5', WAIT_MS: '' })).toEqual({ WAIT_MS: 5_000 })
})

test.each(['1.5', '-1', '1e3', '0x10', ' 1', '60001', 'many'])('%j is not a whole number up to the limit', (text) => {
  expect(() => read({ WAIT_MS: text })).toThrow('WAIT_MS must be a whole number from 0 to 60000')
})

test('an error names the variable that was set, and not its value', () => {
  expect(() => read({ WAIT: 'hunter2' })).toThrow(/^WAIT must be a whole number/)
  expect(() => read({ WAIT: 'hunter2' })).toThrow(
    expect.not.objectContaining({ message: expect.stringContaining('hunter2') as string }),
  )
})
