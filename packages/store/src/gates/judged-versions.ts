import type { JudgedVersion, RuleOnset } from '@goalpost/experiments'
import type { Queries } from '../database/open-database.ts'
import type { Gate } from '../generated/client.ts'
import { findGate } from './gate-views.ts'

type Which = { readonly workspaceId: string; readonly name: string }

/** The latest run of each version, of all versions of the gate that had the rules of today. */
export async function readJudgedVersions(
  queries: Queries,
  which: Which,
  { limit, until = null }: { readonly limit: number; readonly until?: number | null | undefined },
): Promise<readonly JudgedVersion[] | null> {
  const gate = await findGate(queries, which.workspaceId, which.name)
  if (gate === null) return null
  const model = await queries.model.findFirst({
    where: { workspaceId: gate.workspaceId, name: gate.model },
    select: { id: true },
  })
  const versions = await sameRules(queries, gate)
  // Steps are looked up for these rows alone: joined before the limit, they took 29 of 30 ms. OFFSET keeps PostgreSQL
  // from joining all versions by a hash. Prisma takes longer to read 300 rows than PostgreSQL to find them: one text.
  const [found] = await queries.$queryRaw<{ rows: string }[]>`
    SELECT coalesce(json_agg(json_build_object('version', l.version, 'step', n.step, 'judgements', l.judgements)
      ORDER BY l.version), '[]')::text AS rows
    FROM (
      SELECT DISTINCT ON (r.version) r.version, r.judgements FROM gate_runs r
      WHERE r.gate_id = ${gate.id}::uuid AND r.ended_at IS NOT NULL AND r.gate_version = ANY(${versions}::int[])
        AND (${until}::int IS NULL OR r.version <= ${until}::int)
      ORDER BY r.version DESC, r.id DESC LIMIT ${limit}::int) AS l
    LEFT JOIN LATERAL (
      SELECT step FROM model_versions
      WHERE model_id = ${model?.id ?? null}::uuid AND number = l.version OFFSET 0) AS n ON true`
  return JSON.parse(found?.rows ?? '[]')
}

/** Where one rule's violation begins, judged by the latest run of each version. Two steps through an index. */
export async function readOnset(
  queries: Queries,
  which: Which,
  { rule, until = null }: { readonly rule: string; readonly until?: number | null | undefined },
): Promise<RuleOnset> {
  const gate = await findGate(queries, which.workspaceId, which.name)
  if (gate === null) return { lastGood: null, firstBad: null }
  const versions = await sameRules(queries, gate)
  const [onset] = await queries.$queryRaw<RuleOnset[]>`
    WITH judged AS NOT MATERIALIZED (
      SELECT s.version, s.state FROM gate_rule_states s
      WHERE s.gate_id = ${gate.id}::uuid AND s.rule = ${rule} AND s.gate_version = ANY(${versions}::int[])
        AND (${until}::int IS NULL OR s.version <= ${until}::int) AND NOT EXISTS (
          SELECT FROM gate_runs later WHERE later.gate_id = s.gate_id AND later.version = s.version
            AND later.id > s.run_id AND later.ended_at IS NOT NULL AND later.gate_version = ANY(${versions}::int[]) OFFSET 0)),
    good AS MATERIALIZED (
      SELECT (SELECT version FROM judged WHERE state = 'holds' ORDER BY version DESC LIMIT 1) AS version)
    SELECT version AS "lastGood", (
      SELECT j.version FROM judged j WHERE j.state = 'violated' AND j.version > coalesce(good.version, 0)
      ORDER BY j.version LIMIT 1) AS "firstBad"
    FROM good`
  return onset ?? { lastGood: null, firstBad: null }
}

/** The gate's versions with the rules of its latest one. */
async function sameRules(queries: Queries, { id, version }: Gate): Promise<number[]> {
  const rows = await queries.$queryRaw<{ number: number }[]>`
    SELECT v.number FROM gate_versions v JOIN gate_versions today
      ON today.gate_id = v.gate_id AND today.number = ${version}::int AND today.spec -> 'rules' = v.spec -> 'rules'
    WHERE v.gate_id = ${id}::uuid`
  return rows.map(({ number }) => number)
}
