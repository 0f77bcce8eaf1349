import { startTestDatabase, type TestDatabase } from '@goalpost/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openMigratedPool } from './postgres.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await startTestDatabase({ prepare: async () => undefined, template: 'empty' })
})
afterAll(() => database.close())

test('a connection of the queue that does not keep its session is refused', async () => {
  const refusal = new Error('sessions change')
  const checked: unknown[] = []
  const checkSession = async (client: object) => {
    checked.push(client)
    if (checked.length > 1) throw refusal
  }
  const pool = await openMigratedPool({ kind: 'postgres', url: database.url, checkSession })
  const first = await pool.connect()
  await expect(pool.connect()).rejects.toBe(refusal)
  first.release()
  await pool.end()
  expect(checked).toHaveLength(2)
})
