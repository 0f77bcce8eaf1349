import type { GateStore, OpenGateRuns } from '@goalpost/experiments'
import { unconfined } from '../database/confinement.ts'
import type { Database } from '../database/open-database.ts'
import { checkRuns } from '../quotas/check-quota.ts'
import type { Changes } from '../tasks/change.ts'
import { endRun, nextStage, readDueRuns, startStage } from './advance-run.ts'
import { applyGate } from './apply-gate.ts'
import { deleteGate } from './delete-gate.ts'
import {
  endBisection,
  listBisections,
  probeVersion,
  readBisection,
  readDueBisections,
  startBisection,
} from './bisections.ts'
import { listGates, listRuns, readGate, readRun } from './gate-views.ts'
import { readJudgedVersions, readOnset } from './judged-versions.ts'
import { readRuns, toRunView } from './read-runs.ts'
import { startManualRun } from './start-manual-run.ts'
import { readDueSchedules, startScheduledRun } from './start-scheduled-runs.ts'
import { readVersionTests } from './version-tests.ts'

export function createGateStore(database: Database, changes: Changes): GateStore & OpenGateRuns {
  return {
    apply: (workspaceId, spec, actor) => changes.run((change) => applyGate(change, workspaceId, { spec, actor })),
    delete: (workspaceId, name, actor) => changes.run((change) => deleteGate(change, workspaceId, { name, actor })),
    list: (workspaceId, query) => database.snapshot((queries) => listGates(queries, workspaceId, query)),
    get: (workspaceId, name) => database.snapshot((queries) => readGate(queries, workspaceId, name)),
    runs: (workspaceId, name, query) => database.snapshot((queries) => listRuns(queries, { workspaceId, name }, query)),
    run: (workspaceId, name, id) => database.query((queries) => readRun(queries, { workspaceId, name }, id)),
    // One statement for all watchers; routes have looked the runs up in their own workspace.
    runsById: (ids) =>
      unconfined(database).query(
        async (queries) => new Map((await readRuns(queries, ids)).map((run) => [run.id, toRunView(run)])),
      ),
    modelOfRun: (workspaceId, id) =>
      database.query(async (queries) => {
        const run = await queries.gateRun.findFirst({ where: { id, workspaceId }, select: { gate: true } })
        return run?.gate.model ?? null
      }),
    startRun: (workspaceId, name, version, actor) =>
      changes.run((change) => startManualRun(change, workspaceId, { name, version, actor })),
    judgedVersions: (workspaceId, name, query) =>
      database.snapshot((queries) => readJudgedVersions(queries, { workspaceId, name }, query)),
    onset: (workspaceId, name, query) =>
      database.snapshot((queries) => readOnset(queries, { workspaceId, name }, query)),
    versionTests: (workspaceId, which) =>
      database.snapshot((queries) => readVersionTests(queries, { workspaceId, ...which })),
    startBisection: (workspaceId, name, request, actor) =>
      changes.run((change) => startBisection(change, { workspaceId, name, actor }, request)),
    bisection: (workspaceId, name, id) =>
      database.snapshot((queries) => readBisection(queries, { workspaceId, name }, id)),
    bisections: (workspaceId, name, query) =>
      database.snapshot((queries) => listBisections(queries, { workspaceId, name }, query)),
    dueSchedules: (limit, except) => changes.run((change) => readDueSchedules(change, limit, except)),
    startScheduled: (gate) => changes.run((change) => startScheduledRun(change, gate)),
    due: (limit, except) => changes.run((change) => readDueRuns(change, limit, except)),
    hasRoom: ({ workspaceId }, runs) =>
      database.query(async (queries) => (await checkRuns(queries, workspaceId, runs)) === null),
    startStage: (run, evaluations) => startStage(changes, run, evaluations),
    nextStage: (run, next) => changes.run((change) => nextStage(change, run, next)),
    end: (run, end) => changes.run((change) => endRun(change, run, end)),
    dueBisections: (limit, except) => changes.run((change) => readDueBisections(change, limit, except)),
    probe: (bisection, version) => changes.run((change) => probeVersion(change, bisection, version)),
    endBisection: (bisection, found) => changes.run((change) => endBisection(change, bisection, found)),
  }
}
