import { GoalpostError } from '@goalpost/contracts'
import type { Protocol } from '@goalpost/experiments'
import { createStore } from '@goalpost/store'
import type { ApiDependencies } from '../dependencies.ts'
import { createFleetReader } from '../fleet.ts'
import { extendStored } from '../routes/experiments/extend-stored.ts'
import { previewExperiment } from '../routes/experiments/preview-experiment.ts'
import { submitExperiment } from '../routes/experiments/submit-experiment.ts'
import { applyGate } from '../routes/gates/apply-gate.ts'
import { applySchedule } from '../routes/schedules/apply-schedule.ts'
import { previewSchedule } from '../routes/schedules/preview-schedule.ts'
import { startSchedule } from '../routes/schedules/start-schedule.ts'
import { boundIssues, boundText } from '../server/bound-issues.ts'
import { readBody } from '../server/sent-body.ts'
import type { IntakeAnswer, IntakeJob, IntakeOrder, IntakeResult, IntakeSetting } from './jobs.ts'
import { readRequest } from './read-request.ts'
import { resolveTool } from './resolve-tool.ts'

type Planner = {
  readonly protocols: ReadonlyMap<string, Protocol>
  readonly engineFor: ApiDependencies['engineFor']
}

/** A thread runs one transaction at a time; the second connection is for concurrent reads. */
const poolSize = 2

let opened: ReturnType<typeof open> | undefined

/** Runs in a worker thread. All jobs of a thread have the same settings. */
export async function takeIn({ setting, job }: IntakeOrder): Promise<IntakeAnswer> {
  try {
    opened ??= open(setting)
    const deps = await opened
    const result = 'workspaceId' in job ? deps.within(job.workspaceId, () => perform(deps, job)) : perform(deps, job)
    return { ok: true, result: await result }
  } catch (error) {
    return explain(error)
  }
}

async function open(setting: IntakeSetting) {
  const { databaseUrl: url, statementTimeoutMs, confined, plannerModule, codeRevision, saltHash, workers } = setting
  const { protocols, engineFor }: Planner = await import(plannerModule)
  const store = createStore({ url, statementTimeoutMs, poolSize, confined })
  const { experiments, gates, models, schedules, workers: registry, within } = store
  const fleet = createFleetReader(registry, Date.now)
  return {
    protocols,
    engineFor,
    saltHash,
    experiments,
    gates,
    models,
    schedules,
    within,
    now: Date.now,
    fleet,
    settings: { codeRevision, workers },
  }
}

function perform(deps: Awaited<ReturnType<typeof open>>, job: IntakeJob): Promise<IntakeResult<IntakeJob>> {
  const { protocols } = deps
  switch (job.type) {
    case 'submit':
      return submitExperiment(deps, job.workspaceId, { ...job, body: readBody(job.body) })
    case 'preview':
      return previewExperiment(deps, job.workspaceId, readBody(job.body))
    case 'extend':
      return extendStored(deps, job, { ...job, body: readBody(job.body) }).then(() => null)
    case 'apply-gate':
      return applyGate(deps, job.workspaceId, { ...job, body: readBody(job.body) })
    case 'apply-schedule':
      return applySchedule(deps, job.workspaceId, { ...job, body: readBody(job.body) })
    case 'preview-schedule':
      return Promise.resolve(previewSchedule(deps, job.workspaceId, readBody(job.body)))
    case 'start-schedule':
      return startSchedule(deps, job.workspaceId, job)
    case 'request':
      return Promise.resolve(readRequest(job))
    case 'tool':
      return Promise.resolve(resolveTool(protocols, job))
  }
}

function explain(error: unknown): IntakeAnswer {
  if (!(error instanceof GoalpostError)) {
    const cause = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { ok: false, code: 'internal', message: 'Something went wrong on our side', issues: [], cause }
  }
  const { code, message, cause } = error
  return {
    ok: false,
    code,
    message: boundText(message, 2_000),
    issues: boundIssues(error.issues),
    cause: cause instanceof Error ? boundText(cause.stack ?? cause.message, 10_000) : undefined,
  }
}
