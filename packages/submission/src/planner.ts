import type { Device, RequestedResources } from '@goalpost/contracts'
import type { EngineIdentity, Protocol } from '@goalpost/experiments'

/** The engine for a spec's resources. */
export type ChosenEngine = EngineIdentity & { readonly device: Device }

/** What turns a spec into tasks. */
export type Planner = {
  readonly protocols: ReadonlyMap<string, Protocol>
  /** The engine that workers use for these resources, as far as numbers depend on it. */
  readonly engineFor: (resources: RequestedResources) => ChosenEngine
  /** The hash of the operator's salt, or null. */
  readonly saltHash: string | null
}
