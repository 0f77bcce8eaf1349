import { createStore, type Store } from '@goalpost/store'
import pg from 'pg'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { stopOverdue } from '../src/stop-overdue.ts'
import { openLaboratory, type Laboratory } from './laboratory.ts'

let laboratory: Laboratory
let store: Store
let sql: pg.Client
beforeAll(async () => {
  laboratory = await openLaboratory()
  store = createStore({ url: laboratory.databaseUrl, poolSize: 2 })
  sql = new pg.Client(laboratory.databaseUrl)
  await sql.connect()
})
afterAll(async () => {
  await sql.end()
  await store.close()
  await laboratory.close()
})

it('an experiment that cannot be stopped holds up no other, and is tried again at the next call', async () => {
  const submit = () => laboratory.submit({}, [1], undefined, null, { deadline: '1s' })
  const poisoned = await submit()
  const others = [await submit(), await submit()]
  const { id } = await poisoned.view()
  await sql.query(`
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN IF NEW.id = '${id}' THEN RAISE EXCEPTION 'it is poisoned'; END IF; RETURN NEW; END $$;
    CREATE TRIGGER refuse BEFORE UPDATE ON experiments FOR EACH ROW EXECUTE FUNCTION refuse()`)
  await vi.waitFor(async () => expect(await store.deadlines.overdue(10, [])).toHaveLength(3), 10_000)
  await expect(stopOverdue(store.deadlines)).rejects.toThrow(id)
  for (const other of others) expect((await other.view()).state).toBe('cancelled')
  expect((await poisoned.view()).state).toBe('waiting')
  await sql.query('DROP TRIGGER refuse ON experiments')
  expect(await stopOverdue(store.deadlines)).toBe(1)
  expect((await poisoned.view()).state).toBe('cancelled')
})
