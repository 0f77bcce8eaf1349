import { gateSpec } from '@goalpost/contracts'
import pg from 'pg'

type Filling = { readonly url: string; readonly workspaceId: string; readonly versions: number }

/** The gates of the model, with the newest version that keeps their rules. */
export const gatesOf = (versions: number) => ({ kept: versions, rotted: Math.ceil(versions / 100), never: 0 }) as const

/** A model `mouse` whose versions were each tested by every gate. In bulk: registering one by one is not what is measured. */
export async function fillModel({ url, workspaceId, versions }: Filling): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const hash = `encode(sha256(convert_to('file ' || n, 'UTF8')), 'hex')`
  const numbers = `generate_series(1, ${versions}) AS n`
  const insert = (sql: string) => client.query(sql, [workspaceId])
  await insert(
    `INSERT INTO artifacts SELECT $1, ${hash}, 'policy-' || n || '.onnx', 1000, 'application/onnx' FROM ${numbers}`,
  )
  await insert(`INSERT INTO models (id, workspace_id, name, revision, latest_number, version_count, created_at, updated_at)
    VALUES ($1, $1, 'mouse', 1, ${versions}, ${versions}, now(), now())`)
  await insert(`INSERT INTO model_versions (id, model_id, workspace_id, number, artifact_hash, step, metadata, tags, created_at)
    SELECT gen_random_uuid(), $1, $1, n, ${hash}, n * 1000, '{"lr": 0.001}',
      CASE WHEN n % 1000 = 0 THEN ARRAY['nightly', 'rare'] ELSE ARRAY['nightly'] END, now() FROM ${numbers}`)
  await insert(`INSERT INTO model_aliases VALUES ($1, 'candidate', ${versions}, now())`)
  await insert(`INSERT INTO model_alias_moves (model_id, alias, from_number, to_number, at)
    SELECT $1, 'candidate', nullif(n - 1, 0), n, now() FROM ${numbers}`)
  for (const [name, lastGood] of Object.entries(gatesOf(versions)))
    await fillGate(client, { workspaceId, versions, name, lastGood })
  await client.query('ANALYZE')
  await client.end()
}

type GateFilling = Omit<Filling, 'url'> & { readonly name: string; readonly lastGood: number }

/** A gate of two rules, kept by the versions up to `lastGood`. */
async function fillGate(client: pg.Client, { workspaceId, versions, name, lastGood }: GateFilling): Promise<void> {
  const names = ['achievement', 'goal']
  const rules = names.map((rule) => ({ name: rule, kind: 'absolute', condition: 'c', measure: rule, atLeast: 0.5 }))
  const spec = gateSpec.parse({ apiVersion: 'goalpost/v1', name, model: 'mouse', spec: {}, rules })
  const gateId = (
    await client.query<{ id: string }>(
      `INSERT INTO gates (id, workspace_id, name, model, version, triggers, run_count, created_at, updated_at)
      VALUES (gen_random_uuid(), $1, $2, 'mouse', 1, '[]', ${versions}, now(), now()) RETURNING id`,
      [workspaceId, name],
    )
  ).rows[0]?.id
  await client.query('INSERT INTO gate_versions VALUES ($1, 1, $2, now())', [gateId, JSON.stringify(spec)])
  await client.query(
    `INSERT INTO gate_runs (id, workspace_id, gate_id, gate_version, number, trigger, trigger_key, version, baselines,
      stage, units, judgements, outcome, created_at, ended_at)
    SELECT gen_random_uuid(), $1, $2, 1, n, 'version-registered', n, n, '[]', 1, 64,
      CASE WHEN n <= $5 THEN $3::jsonb ELSE $4::jsonb END, CASE WHEN n <= $5 THEN 'pass' ELSE 'fail' END, now(), now()
    FROM generate_series(1, ${versions}) AS n`,
    [workspaceId, gateId, judgementsOf(names, 'holds'), judgementsOf(names, 'violated'), lastGood],
  )
  await client.query(
    `INSERT INTO gate_rule_states (run_id, rule, gate_id, gate_version, version, state)
    SELECT r.id, j.rule, r.gate_id, r.gate_version, r.version, j.state
    FROM gate_runs r, jsonb_to_recordset(r.judgements) AS j(rule text, state text) WHERE r.gate_id = $1`,
    [gateId],
  )
}

function judgementsOf(rules: readonly string[], state: 'holds' | 'violated'): string {
  const sign = state === 'holds' ? 1 : -1
  const [near, far] = [sign * 0.1234567891, sign * 0.3123456789]
  const difference = { value: sign * 0.2123456789, low: Math.min(near, far), high: Math.max(near, far), level: 0.99 }
  const reason = `0.212 ${state === 'holds' ? 'above' : 'below'} the line`
  return JSON.stringify(rules.map((rule) => ({ rule, state, reason, difference, units: 64, unitsNeeded: null })))
}
