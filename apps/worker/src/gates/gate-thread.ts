import { createArtifactStore } from '@goalpost/artifacts'
import { createStore } from '@goalpost/store'
import type { Planner } from '@goalpost/submission'
import type { ScheduleThreadSetting } from '../schedules/schedule-thread.ts'
import { advanceGates } from './advance-gates.ts'
import type { GateDependencies } from './gate-dependencies.ts'

export type GateThreadSetting = ScheduleThreadSetting & { readonly artifactsUrl: string }

const poolSize = 2

let opened: Promise<GateDependencies> | undefined

/** Runs in a worker thread. All calls have the same setting. */
export async function stepGates(setting: GateThreadSetting): Promise<number> {
  opened ??= open(setting)
  return advanceGates(await opened)
}

async function open(setting: GateThreadSetting): Promise<GateDependencies> {
  const { databaseUrl: url, statementTimeoutMs, plannerModule, saltHash, artifactsUrl } = setting
  const { protocols, engineFor }: Omit<Planner, 'saltHash'> = await import(plannerModule)
  const { gates, experiments, models } = createStore({ url, poolSize, statementTimeoutMs })
  const artifacts = await createArtifactStore(artifactsUrl)
  return { gates, experiments, models, artifacts, planner: { protocols, engineFor, saltHash }, waiting: new Map() }
}
