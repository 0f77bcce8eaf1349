import type { ApiKeyStore, ArtifactStore, EngineIdentity, ExperimentStore, Protocol } from '@goalpost/experiments'
import type { Device, RequestedResources } from '@goalpost/contracts'
import type { Logger, Metrics } from '@goalpost/telemetry'
import type { Compute } from './compute/compute-pool.ts'
import type { FleetReader } from './fleet.ts'
import type { Intake } from './intake/intake-pool.ts'

/** The database as far as health is concerned. */
export type Database = {
  /** Rejects where the database does not answer, with `storage-full` where it was doubted and can write nothing. */
  ping(): Promise<void>
  /** Something could not be stored for lack of space: from now on pings have the database write, until it can. */
  doubt(): void
}

/** What a spec's resources come to. */
export type ChosenEngine = EngineIdentity & { readonly device: Device }

export type ApiSettings = {
  readonly codeRevision: string
  readonly bodyLimitBytes: number
  /** Of one uploaded file. */
  readonly uploadLimitBytes: number
  /** For each API key, or each address where there is no valid key. */
  readonly requestsPerMinute: number
  /** Whether Prometheus may scrape without a key. */
  readonly openMetrics: boolean
  /** How often event streams look for changes. */
  readonly eventPollMs: number
  /** How often event streams tell of progress at most; changes of state go out at once. */
  readonly progressIntervalMs: number
  readonly heartbeatMs: number
  /** How many workers the time estimates reckon with. */
  readonly workers: number
}

/** Everything that the API is built from. */
export type ApiDependencies = {
  readonly experiments: ExperimentStore
  readonly apiKeys: ApiKeyStore
  readonly database: Database
  readonly artifacts: Pick<ArtifactStore, 'read' | 'stream' | 'write'>
  readonly protocols: ReadonlyMap<string, Protocol>
  /** The engine that workers will take for these resources, as far as numbers depend on it. */
  readonly engineFor: (resources: RequestedResources) => ChosenEngine
  /** The operator's secret, null where there is none: it leaves the process by its hash alone. */
  readonly salt: string | null
  readonly fleet: FleetReader
  readonly compute: Compute
  readonly intake: Intake
  readonly logger: Logger
  readonly metrics: Metrics
  readonly settings: ApiSettings
  readonly now: () => number
}
