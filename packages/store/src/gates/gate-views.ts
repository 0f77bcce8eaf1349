import type { GateRunView, GateSpec, GateSummary, GateView } from '@goalpost/contracts'
import type { Page } from '@goalpost/experiments'
import { decodeCursor, pageOf } from '../database/cursor.ts'
import { literally } from '../database/literally.ts'
import type { Queries } from '../database/open-database.ts'
import { fromStored } from '../database/stored-json.ts'
import type { Gate } from '../generated/client.ts'
import { readRuns, toRunView } from './read-runs.ts'

type PageQuery = { readonly cursor?: string | undefined; readonly limit: number }

/** By name. */
export async function listGates(
  queries: Queries,
  workspaceId: string,
  {
    cursor,
    limit,
    model,
    name,
  }: PageQuery & { readonly model?: string | undefined; readonly name?: string | undefined },
): Promise<Page<GateSummary>> {
  const [after] = cursor === undefined ? [] : decodeCursor(cursor, ['text'])
  const rows = await queries.gate.findMany({
    where: {
      workspaceId,
      deletedAt: null,
      ...(model === undefined ? {} : { model }),
      name: {
        ...(after === undefined ? {} : { gt: String(after) }),
        ...(name === undefined ? {} : { contains: literally(name), mode: 'insensitive' }),
      },
    },
    orderBy: { name: 'asc' },
    take: limit + 1,
  })
  const latest = await latestRuns(queries, rows)
  return pageOf(rows, limit, {
    item: (row) => toSummary(row, latest.get(row.name) ?? null),
    position: ({ name }) => [name],
  })
}

export async function readGate(queries: Queries, workspaceId: string, name: string): Promise<GateView | null> {
  const row = await findGate(queries, workspaceId, name)
  if (row === null) return null
  const latest = await latestRuns(queries, [row])
  const spec = await readSpec(queries, row)
  return { ...toSummary(row, latest.get(name) ?? null), spec, nextAt: row.nextAt?.toISOString() ?? null }
}

/** Newest first. */
export async function listRuns(
  queries: Queries,
  { workspaceId, name }: { readonly workspaceId: string; readonly name: string },
  { cursor, limit, version }: PageQuery & { readonly version?: number | undefined },
): Promise<Page<GateRunView> | null> {
  const gate = await findGate(queries, workspaceId, name)
  if (gate === null) return null
  const [before] = cursor === undefined ? [] : decodeCursor(cursor, ['id'])
  const rows = await queries.gateRun.findMany({
    where: {
      gateId: gate.id,
      ...(version === undefined ? {} : { version }),
      ...(before === undefined ? {} : { id: { lt: String(before) } }),
    },
    orderBy: { id: 'desc' },
    take: limit + 1,
    select: { id: true },
  })
  const runs = await readRuns(
    queries,
    rows.map(({ id }) => id),
  )
  return pageOf(runs, limit, { item: toRunView, position: ({ id }) => [id] })
}

export async function readRun(
  queries: Queries,
  { workspaceId, name }: { readonly workspaceId: string; readonly name: string },
  id: string,
): Promise<GateRunView | null> {
  const [run] = await readRuns(queries, [id])
  return run?.workspaceId === workspaceId && run.gate === name ? toRunView(run) : null
}

export function findGate(queries: Queries, workspaceId: string, name: string): Promise<Gate | null> {
  return queries.gate.findFirst({ where: { workspaceId, name } })
}

export async function readSpec(queries: Queries, { id: gateId, version: number }: Gate): Promise<GateSpec> {
  const row = await queries.gateVersion.findFirstOrThrow({
    where: { gateId, number },
    select: { spec: true },
  })
  return fromStored(row.spec)
}

/** By the name of the gate. */
async function latestRuns(queries: Queries, gates: readonly Gate[]): Promise<ReadonlyMap<string, GateRunView>> {
  const rows = await queries.$queryRaw<{ id: string }[]>`
    SELECT r.id FROM unnest(${gates.map(({ id }) => id)}::uuid[]) AS g(id)
    CROSS JOIN LATERAL (
      SELECT id FROM gate_runs WHERE gate_id = g.id AND bisection_id IS NULL ORDER BY id DESC LIMIT 1) AS r`
  const runs = await readRuns(
    queries,
    rows.map(({ id }) => id),
  )
  return new Map(runs.map((run) => [run.gate, toRunView(run)]))
}

function toSummary(row: Gate, latest: GateRunView | null): GateSummary {
  const { id, name, model, version, createdBy, updatedBy } = row
  const times = { createdAt: row.createdAt.toISOString(), updatedAt: row.updatedAt.toISOString() }
  const deletedAt = row.deletedAt?.toISOString() ?? null
  return { id, name, model, version, latest, ...times, createdBy, updatedBy, deletedAt }
}
