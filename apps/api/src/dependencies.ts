import type {
  AllowedRanges,
  ApiKeyStore,
  ArtifactStore,
  ExperimentStore,
  FilterStore,
  GateStore,
  InvitationStore,
  MemberStore,
  ModelRegistry,
  ModelViews,
  Protocol,
  RetentionStore,
  ScheduleStore,
  SessionStore,
  WebhookStore,
  WorkspaceStore,
} from '@goalpost/experiments'
import type { Planner } from '@goalpost/submission'
import type { Logger, Metrics, Tracer } from '@goalpost/telemetry'
import type { Compute } from './compute/compute-pool.ts'
import type { FleetReader } from './fleet.ts'
import type { Intake } from './intake/intake-pool.ts'
import type { OidcSignIn } from './oidc.ts'
import type { ReceiptSigner } from './receipt-signer.ts'
import type { ConnectionLimits } from './server/connection-limits.ts'
import type { Drain } from './server/draining.ts'
import type { RateLimits } from './server/rate-limits.ts'

/** The health of the database. */
export type Database = {
  /** Rejects if the database does not answer, with `storage-full` if it cannot write after `doubt`. */
  ping(): Promise<void>
  /** After a write failed for lack of space: pings test a write until one succeeds. */
  doubt(): void
  /** Everything that `work` reads and writes, also later, is in this workspace: PostgreSQL shows no other. */
  within<T>(workspaceId: string, work: () => T): T
}

export type ApiSettings = RateLimits & {
  readonly codeRevision: string
  readonly bodyLimitBytes: number
  /** The limit for one uploaded file. */
  readonly uploadLimitBytes: number
  /** The built dashboard. */
  readonly dashboardFolder: string
  readonly connections: ConnectionLimits
  /** Ranges of gateways whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: AllowedRanges
  /** Whether Prometheus may scrape without a key. */
  readonly openMetrics: boolean
  /** How often event streams look for changes. */
  readonly eventPollMs: number
  /** The shortest interval between progress events; changes of state are sent at once. */
  readonly progressIntervalMs: number
  readonly heartbeatMs: number
  /** Ranges of addresses that webhooks may use although they are not public. */
  readonly webhookAllow: AllowedRanges
  /** Other sites whose pages may use the API. */
  readonly corsOrigins: readonly string[]
  /** The number of workers that time estimates assume. */
  readonly workers: number
}

/** The dependencies of the API. */
export type ApiDependencies = {
  readonly experiments: ExperimentStore
  readonly models: ModelRegistry & ModelViews
  readonly apiKeys: ApiKeyStore
  readonly sessions: SessionStore
  readonly invitations: InvitationStore
  readonly members: MemberStore
  /** Null unless it is set up. */
  readonly oidc: OidcSignIn | null
  readonly schedules: ScheduleStore
  readonly gates: GateStore
  readonly webhooks: WebhookStore
  readonly workspaces: WorkspaceStore
  readonly retention: RetentionStore
  readonly filters: FilterStore
  readonly database: Database
  readonly artifacts: Pick<ArtifactStore, 'read' | 'stream' | 'write'>
  readonly protocols: ReadonlyMap<string, Protocol>
  readonly engineFor: Planner['engineFor']
  /** The operator's secret, or null. Only its hash leaves the process. */
  readonly salt: string | null
  /** Null: receipts are not signed here. */
  readonly receipts: ReceiptSigner | null
  /** What a scraper may send instead of an API key, or null. Checked without the database. */
  readonly metricsToken: string | null
  readonly fleet: FleetReader
  readonly compute: Compute
  readonly intake: Intake
  readonly logger: Logger
  readonly metrics: Metrics
  readonly tracer: Tracer
  readonly drain: Pick<Drain, 'isDraining'>
  readonly settings: ApiSettings
  readonly now: () => number
}
