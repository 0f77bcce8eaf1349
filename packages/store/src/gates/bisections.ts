import {
  gateOutcome,
  type BisectionProbe,
  type BisectionRequest,
  type BisectionView,
  type GateOutcome,
} from '@goalpost/contracts'
import type { Actor, DueBisection, Page } from '@goalpost/experiments'
import { v7 as uuidv7 } from 'uuid'
import { decodeCursor, pageOf } from '../database/cursor.ts'
import type { Queries } from '../database/open-database.ts'
import { fromStored } from '../database/stored-json.ts'
import { appendWorkspaceEvents, lockEvents } from '../events/append-workspace-events.ts'
import type { GateBisection, GateRun } from '../generated/client.ts'
import { recordAudit } from '../keys/record-audit.ts'
import { findModel } from '../models/find-version.ts'
import { noSuchModel, unknownValue } from '../models/refusals.ts'
import type { Change } from '../tasks/change.ts'
import { workChannel } from '../tasks/signal-work.ts'
import { findGate } from './gate-views.ts'
import { deletedGate, noSuchGate } from './refusals.ts'
import { startGateRun } from './start-runs.ts'

/** The versions to search are fixed here: those registered or deleted later do not matter. */
export async function startBisection(
  { queries, now }: Change,
  { workspaceId, name, actor }: Which & { readonly actor: Actor },
  { good, bad, errorRate }: BisectionRequest,
): Promise<string> {
  const gate = await findGate(queries, workspaceId, name)
  if (gate === null) throw noSuchGate(name)
  if (gate.deletedAt !== null) throw deletedGate(name)
  if (good >= bad) throw unknownValue('/bad', `version ${bad} must come after the good version, ${good}`)
  const model = await findModel(queries, { workspaceId, model: gate.model })
  if (model === null) throw noSuchModel({ workspaceId, model: gate.model })
  const rows = await queries.modelVersion.findMany({
    where: { modelId: model.id, number: { gte: good, lte: bad }, deletedAt: null },
    orderBy: { number: 'asc' },
    select: { number: true },
  })
  const versions = rows.map(({ number }) => number)
  for (const [field, version] of Object.entries({ good, bad }))
    if (!versions.includes(version))
      throw unknownValue(`/${field}`, `the model ${gate.model} has no version ${version}`)
  const id = uuidv7()
  const between = versions.filter((version) => version > good && version < bad)
  const search = { gateId: gate.id, gateVersion: gate.version, good, bad, errorRate, versions: between, candidates: [] }
  await queries.gateBisection.create({
    data: { id, ...search, createdAt: now, createdBy: actor.key?.name ?? null },
    select: { id: true },
  })
  await recordAudit(queries, actor, {
    workspaceId,
    action: 'gate-bisection.started',
    subject: { type: 'gate', id: gate.id, name },
    before: null,
    after: { bisection: id, good, bad, errorRate },
  })
  await queries.$executeRaw`SELECT pg_notify(${workChannel}, 'postponed')`
  return id
}

type Which = { readonly workspaceId: string; readonly name: string }

export async function readBisection(queries: Queries, which: Which, id: string): Promise<BisectionView | null> {
  const gate = await findGate(queries, which.workspaceId, which.name)
  const row = gate && (await queries.gateBisection.findFirst({ where: { id, gateId: gate.id } }))
  if (row === null) return null
  const [view] = await withProbes(queries, which.name, [row])
  return view ?? null
}

/** Newest first; null if there is no such gate. */
export async function listBisections(
  queries: Queries,
  { workspaceId, name }: Which,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<Page<BisectionView> | null> {
  const gate = await findGate(queries, workspaceId, name)
  if (gate === null) return null
  const [before] = cursor === undefined ? [] : decodeCursor(cursor, ['id'])
  const rows = await queries.gateBisection.findMany({
    where: { gateId: gate.id, ...(before === undefined ? {} : { id: { lt: String(before) } }) },
    orderBy: { id: 'desc' },
    take: limit + 1,
  })
  const views = await withProbes(queries, name, rows)
  return pageOf(views, limit, { item: (view) => view, position: ({ id }) => [id] })
}

async function withProbes(queries: Queries, gate: string, rows: readonly GateBisection[]): Promise<BisectionView[]> {
  const runs = await queries.gateRun.findMany({
    where: { bisectionId: { in: rows.map(({ id }) => id) } },
    orderBy: { id: 'asc' },
  })
  const byBisection = Map.groupBy(runs, ({ bisectionId }) => bisectionId)
  return rows.map(({ id, good, bad, errorRate, lastGood, candidates, createdAt, createdBy, endedAt }) => ({
    id,
    gate,
    good,
    bad,
    errorRate,
    lastGood,
    candidates,
    probes: (byBisection.get(id) ?? []).map(toProbe),
    state: endedAt === null ? 'running' : 'ended',
    createdAt: createdAt.toISOString(),
    createdBy,
    endedAt: endedAt?.toISOString() ?? null,
  }))
}

function toProbe({ id: gateRunId, version, outcome, units }: GateRun): BisectionProbe {
  return { version, gateRunId, state: outcome === null ? null : probeStates[gateOutcome.parse(outcome)], units }
}

const probeStates: Readonly<Record<GateOutcome, 'good' | 'bad' | 'open'>> = {
  pass: 'good',
  warn: 'bad',
  fail: 'bad',
  undecided: 'open',
}

/** Those whose probes have all ended. */
export async function readDueBisections(
  { queries }: Change,
  limit: number,
  except: readonly string[],
): Promise<DueBisection[]> {
  const rows = await queries.gateBisection.findMany({
    where: { id: { notIn: [...except] }, endedAt: null, runs: { none: { endedAt: null } } },
    orderBy: { id: 'asc' },
    take: limit,
  })
  const due: DueBisection[] = []
  for (const { id, gateId, gateVersion: number, good, bad, versions } of rows) {
    const { spec } = await queries.gateVersion.findFirstOrThrow({ where: { gateId, number } })
    const runs = await queries.gateRun.findMany({ where: { bisectionId: id }, orderBy: { id: 'asc' } })
    const probes = runs.map(({ version, outcome, units }) => ({ version, outcome: gateOutcome.parse(outcome), units }))
    due.push({ id, spec: fromStored(spec), good, bad, versions, probes })
  }
  return due
}

/** False if the version is tested already, by another process's step. */
export async function probeVersion({ queries, now }: Change, { id }: DueBisection, version: number): Promise<boolean> {
  const { gateId, gateVersion } = await queries.gateBisection.findFirstOrThrow({ where: { id } })
  const { workspaceId } = await queries.gate.findFirstOrThrow({ where: { id: gateId } })
  await lockEvents(queries)
  const start = { gateId, trigger: 'bisect', triggerKey: `${id}/${version}`, version } as const
  const run = await startGateRun(queries, { workspaceId, now }, { ...start, bisection: { id, gateVersion } })
  if (run === null) return false
  await appendWorkspaceEvents(queries, { workspaceId, now }, [run.event])
  return true
}

export async function endBisection(
  { queries, now }: Change,
  { id }: DueBisection,
  { lastGood, candidates }: { readonly lastGood: number; readonly candidates: readonly number[] },
): Promise<boolean> {
  const data = { lastGood, candidates: [...candidates], endedAt: now }
  const { count } = await queries.gateBisection.updateMany({ where: { id, endedAt: null }, data })
  return count > 0
}
