import { afterEach, beforeEach, expect, it } from 'vitest'
import { startOldDatabase, type OldDatabase } from '../../test/old-database.ts'

const added = '20261201000000_gate_rule_states'
const idOf = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`
const [workspace, gate] = [idOf(1), idOf(2)]

let old: OldDatabase
beforeEach(async () => {
  old = await startOldDatabase(added, workspace)
})
afterEach(() => old.close())

it('indexes the judgements of runs that have ended', async () => {
  await old.client.query(
    `INSERT INTO gates (id, workspace_id, name, model, version, triggers, run_count, created_at, updated_at)
    VALUES ($1, $2, 'nightly', 'mouse', 1, '[]', 2, now(), now())`,
    [gate, workspace],
  )
  await old.client.query(`INSERT INTO gate_versions VALUES ($1, 1, '{}', now())`, [gate])
  const judged = (state: string) => JSON.stringify([{ rule: 'returns', state, reason: '', units: 64 }])
  const addRun = (version: number, state: string, ended: boolean) =>
    old.client.query(
      `INSERT INTO gate_runs (id, workspace_id, gate_id, gate_version, number, trigger, trigger_key, version, baselines,
        stage, units, judgements, outcome, created_at, ended_at)
      VALUES ($1, $2, $3, 1, $4::int, 'manual', $4::text, $4::int, '[]', 1, 64, $5, CASE WHEN $6::boolean THEN 'pass' END, now(),
        CASE WHEN $6::boolean THEN now() END)`,
      [idOf(10 + version), workspace, gate, version, judged(state), ended],
    )
  await addRun(3, 'holds', true)
  await addRun(4, 'violated', true)
  await addRun(5, 'open', false)
  expect((await old.update())[0]).toBe(added)
  const { rows } = await old.client.query('SELECT * FROM gate_rule_states ORDER BY version')
  expect(rows).toEqual([
    { run_id: idOf(13), rule: 'returns', gate_id: gate, gate_version: 1, version: 3, state: 'holds' },
    { run_id: idOf(14), rule: 'returns', gate_id: gate, gate_version: 1, version: 4, state: 'violated' },
  ])
})
