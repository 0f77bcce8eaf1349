import type { DeploymentReport, DeploymentReportView, GateRunView, JsonObject, JsonValue } from '@goalpost/contracts'
import type { Protocol, VersionTests, WhichVersion } from '@goalpost/experiments'
import { deploymentReport, presentDeployment, type ShiftTest } from '@goalpost/gates'
import type { ApiDependencies } from '../../dependencies.ts'
import { readOnsetCurves } from '../gates/read-onset-curves.ts'
import { requireVersion } from './require-version.ts'

type Reading = Pick<ApiDependencies, 'gates' | 'models' | 'protocols'>

/** @throws GoalpostError `not-found` */
export async function readDeploymentReport(deps: Reading, which: WhichVersion): Promise<DeploymentReportView> {
  const { view } = await requireVersion(deps, which)
  const { model, number: version, step, hash } = view
  const tests = await deps.gates.versionTests(which.workspaceId, { model, version })
  const report = deploymentReport({
    model,
    version,
    step,
    hash,
    gates: tests.gates.map(({ name, run }) => ({ gate: name, run: run && presentRun(run) })),
    rules: tests.gates.flatMap(({ name, run }) => (run?.rules ?? []).map((rule) => presentRule(name, rule))),
    ...coverageOf(tests.experiments, { hash, protocols: deps.protocols }),
    verdicts: decisive(tests).flatMap(({ name, verdicts }) => verdicts.map((each) => ({ ...each, experiment: name }))),
    trend: await readTrend(deps, which.workspaceId, { tests, version }),
    experimentsLeftOut: tests.leftOut,
  })
  return { ...report, report: presentDeployment(report) }
}

function presentRun({ id, gateVersion, outcome, message, units, endedAt }: GateRunView) {
  return { id, gateVersion, outcome, message, units, endedAt }
}

function presentRule(gate: string, { rule, state, reason, difference }: GateRunView['rules'][number]) {
  return { gate, rule, state, reason, difference }
}

type Covering = { readonly hash: string; readonly protocols: ReadonlyMap<string, Protocol> }

/** Of the conditions that have the version's file: others are there to compare with. */
function coverageOf(
  experiments: VersionTests['experiments'],
  { hash, protocols }: Covering,
): { shifts: DeploymentReport['untested']; tests: ShiftTest[] } {
  const found = experiments.flatMap(({ id, resolved: { protocol, conditions, seeds } }) => {
    const slot = protocols.get(protocol)?.subject
    if (slot === undefined) return []
    return conditions
      .filter(({ options }) => valueAt(options, slot.path) === hash)
      .map(({ name, options }) => ({ condition: name, experiment: id, seeds, coverage: slot.coverage(options) }))
  })
  return {
    shifts: found.flatMap(({ coverage }) => coverage.known),
    tests: found.flatMap(({ coverage, ...of }) => coverage.tests.map((test) => ({ ...of, ...test }))),
  }
}

function valueAt(options: JsonObject, path: readonly string[]): JsonValue | undefined {
  let value: JsonValue | undefined = options
  for (const name of path) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    value = Object.entries(value).find(([key]) => key === name)?.[1]
  }
  return value
}

/** The last stage of each gate's latest run, and experiments of no gate. */
function decisive({ gates, experiments }: VersionTests): VersionTests['experiments'] {
  const latest = new Set(gates.flatMap(({ run }) => run?.id ?? []))
  const lastStage = (runId: string) =>
    Math.max(...experiments.map(({ gateRunId, stage }) => (gateRunId === runId ? (stage ?? 0) : 0)))
  return experiments.filter(
    ({ gateRunId, stage }) => gateRunId === null || (latest.has(gateRunId) && stage === lastStage(gateRunId)),
  )
}

async function readTrend(
  deps: Reading,
  workspaceId: string,
  { tests, version }: { readonly tests: VersionTests; readonly version: number },
): Promise<DeploymentReport['trend']> {
  const trend: DeploymentReport['trend'] = []
  for (const { name } of tests.gates)
    for (const curve of await readOnsetCurves(deps, { workspaceId, name, until: version }))
      trend.push({ ...curve, gate: name })
  return trend
}
