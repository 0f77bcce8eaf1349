import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const store = path.resolve(import.meta.dirname, '../packages/store/src')

/**
 * Prisma joins lookups by a unique key that are made in one tick into one statement. Of two callers, one would then be
 * answered from the other one's workspace, and find nothing. Inside packages/store/src/ledger, which only workers use,
 * there are no workspaces to see.
 */
const batched = /\.findUnique(OrThrow)?\(/

test('the store looks nothing up in a way that joins the statements of several callers', () => {
  const files = readdirSync(store, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !/^(generated|ledger)\/|\.test\.ts$/.test(file),
  )
  expect(files.length).toBeGreaterThan(80)
  expect(files.filter((file) => batched.test(readFileSync(path.join(store, file), 'utf8')))).toEqual([])
  expect(batched.test('await queries.task.findUnique({ where: { id } })')).toBe(true)
})
