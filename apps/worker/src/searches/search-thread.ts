import { createArtifactStore } from '@goalpost/artifacts'
import { createStore } from '@goalpost/store'
import type { Planner } from '@goalpost/submission'
import type { GateThreadSetting } from '../gates/gate-thread.ts'
import { advanceSearches, type SearchDependencies } from './advance-searches.ts'

const poolSize = 2

let opened: Promise<SearchDependencies> | undefined

/** Runs in a worker thread. All calls have the same setting. */
export async function stepSearches(setting: GateThreadSetting): Promise<number> {
  opened ??= open(setting)
  return advanceSearches(await opened)
}

async function open(setting: GateThreadSetting): Promise<SearchDependencies> {
  const { databaseUrl, plannerModule, saltHash, artifactsUrl } = setting
  const { protocols, engineFor }: Omit<Planner, 'saltHash'> = await import(plannerModule)
  const { searches, experiments } = createStore({ url: databaseUrl, poolSize })
  const artifacts = await createArtifactStore(artifactsUrl)
  return { searches, experiments, artifacts, planner: { protocols, engineFor, saltHash }, waiting: new Map() }
}
