import { createStore } from '@goalpost/store'
import type { Planner } from '@goalpost/submission'
import { fireDue, type FireDependencies } from './fire-due.ts'

export type ScheduleThreadSetting = {
  readonly databaseUrl: string
  readonly statementTimeoutMs: number
  /** URL of the module that exports `protocols` and `engineFor`. */
  readonly plannerModule: string
  readonly saltHash: string | null
}

const poolSize = 2

let opened: Promise<FireDependencies> | undefined

/** Runs in a worker thread. All calls have the same setting. */
export async function fireSchedules(setting: ScheduleThreadSetting): Promise<number> {
  opened ??= open(setting)
  return fireDue(await opened)
}

async function open(setting: ScheduleThreadSetting): Promise<FireDependencies> {
  const { databaseUrl: url, statementTimeoutMs, plannerModule, saltHash } = setting
  const { protocols, engineFor }: Omit<Planner, 'saltHash'> = await import(plannerModule)
  const { schedules, experiments, models } = createStore({ url, poolSize, statementTimeoutMs })
  return { schedules, experiments, models, planner: { protocols, engineFor, saltHash } }
}
