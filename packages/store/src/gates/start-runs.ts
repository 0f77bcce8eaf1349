import type { BaselineRule, GateRunTrigger, GateSpec, ResolvedBaseline } from '@goalpost/contracts'
import { v7 as uuidv7 } from 'uuid'
import type { Queries } from '../database/open-database.ts'
import { fromStored, toStored } from '../database/stored-json.ts'
import type { NewWorkspaceEvent } from '../events/append-workspace-events.ts'
import { findModel, findNumber } from '../models/find-version.ts'
import { workChannel } from '../tasks/signal-work.ts'

export type RunStart = {
  readonly gateId: string
  readonly trigger: GateRunTrigger
  /** Starts one run for each trigger. */
  readonly triggerKey: string
  /** The version that is tested. */
  readonly version: number
  /** The name of the key that starts it; none for the service itself. */
  readonly createdBy?: string | null
  readonly bisection?: { readonly id: string; readonly gateVersion: number }
}

type Place = { readonly workspaceId: string; readonly now: Date }
export type StartedRun = { readonly id: string; readonly event: NewWorkspaceEvent }

/** Null if the trigger has started its run already. Needs the lock of events: see `lockEvents`. */
export async function startGateRun(queries: Queries, place: Place, start: RunStart): Promise<StartedRun | null> {
  const { gateId, trigger, triggerKey, version, bisection, createdBy = null } = start
  const earlier = await queries.gateRun.findFirst({
    where: { gateId, trigger, triggerKey },
    select: { id: true },
  })
  if (earlier !== null) return null
  const gate = await queries.gate.update({
    where: { id: gateId },
    data: { runCount: { increment: bisection === undefined ? 1 : 0 } },
    select: { name: true, model: true, version: true, runCount: true },
  })
  const gateVersion = bisection?.gateVersion ?? gate.version
  const stored = await queries.gateVersion.findFirstOrThrow({
    where: { gateId, number: gateVersion },
    select: { spec: true },
  })
  const spec: GateSpec = fromStored(stored.spec)
  const id = uuidv7()
  const number = bisection === undefined ? gate.runCount : null
  await queries.gateRun.create({
    data: {
      id,
      workspaceId: place.workspaceId,
      gateId,
      gateVersion,
      number,
      trigger,
      triggerKey,
      version,
      bisectionId: bisection?.id ?? null,
      baselines: (await resolveBaselines(queries, place.workspaceId, spec)).map(toStored),
      stage: 1,
      units: spec.stages.first,
      judgements: [],
      createdAt: place.now,
      createdBy,
    },
    select: { id: true },
  })
  // The leader looks again, and finds it due.
  await queries.$executeRaw`SELECT pg_notify(${workChannel}, 'postponed')`
  const { name, model } = gate
  const subject = `gates/${name}/runs/${id}`
  const payload = { gate: name, model, version, run: { id, number, trigger } }
  return { id, event: { type: 'gate-run.started', subject, payload } }
}

/** What aliases name now: the run keeps it, wherever they move. */
async function resolveBaselines(
  queries: Queries,
  workspaceId: string,
  { model, rules }: GateSpec,
): Promise<ResolvedBaseline[]> {
  const found = await findModel(queries, { workspaceId, model }, { deletedToo: true })
  const resolved: ResolvedBaseline[] = []
  for (const rule of rules) {
    if (rule.kind !== 'baseline') continue
    const { against, name } = rule
    const version =
      found === null ? null : await findBaseline(queries, { workspaceId, model, modelId: found.id }, against)
    resolved.push({ rule: name, against, version })
  }
  return resolved
}

type Line = { readonly workspaceId: string; readonly model: string; readonly modelId: string }

async function findBaseline(
  queries: Queries,
  { workspaceId, model, modelId }: Line,
  against: BaselineRule['against'],
): Promise<number | null> {
  if ('version' in against) return findNumber(queries, modelId, against.version)
  if ('alias' in against) return findNumber(queries, modelId, against.alias)
  // The version that the run tested: its evaluations are stored, and equal ones are not computed again.
  const run = await queries.gateRun.findFirst({
    where: { id: against.gateRun, workspaceId, gate: { model } },
    select: { version: true },
  })
  return run?.version ?? null
}
