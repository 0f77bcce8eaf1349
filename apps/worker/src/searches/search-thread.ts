import { createArtifactStore } from '@goalpost/artifacts'
import { createStore } from '@goalpost/store'
import type { Planner } from '@goalpost/submission'
import type { GateThreadSetting } from '../gates/gate-thread.ts'
import { advanceSearches, type SearchDependencies, type SearchNote } from './advance-searches.ts'
import { createSetbacks } from './setbacks.ts'

const poolSize = 2

let opened: Promise<SearchDependencies> | undefined

export type SearchSteps = { readonly steps: number; readonly notes: readonly SearchNote[] }

const notes: SearchNote[] = []

/** Runs in a worker thread. All calls have the same setting. Notes of a call that fails come with the next. */
export async function stepSearches(setting: GateThreadSetting): Promise<SearchSteps> {
  opened ??= open(setting)
  const steps = await advanceSearches(await opened)
  return { steps, notes: notes.splice(0) }
}

async function open(setting: GateThreadSetting): Promise<SearchDependencies> {
  const { databaseUrl: url, statementTimeoutMs, plannerModule, saltHash, artifactsUrl } = setting
  const { protocols, engineFor }: Omit<Planner, 'saltHash'> = await import(plannerModule)
  const { searches, experiments } = createStore({ url, poolSize, statementTimeoutMs })
  const artifacts = await createArtifactStore(artifactsUrl)
  const planner = { protocols, engineFor, saltHash }
  const report = (note: SearchNote) => void notes.push(note)
  const fresh = { waiting: new Map<string, number>(), foreign: new Set<string>(), setbacks: createSetbacks(Date.now) }
  return { searches, experiments, artifacts, planner, ...fresh, report }
}
