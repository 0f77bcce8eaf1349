import type { DoctorCheck } from '@goalpost/contracts'

/** `version`: as of BullMQ's requirements. */
const leastVersion = [6, 2] as const
const name = 'Redis settings'

/** `useless`: no task would ever run with it. */
type Finding = { readonly useless: boolean; readonly check: DoctorCheck }

/** What INFO says about a Redis server. A check for each setting that was found wanting; one if all are well. */
export function judgeRedis(info: string): DoctorCheck[] {
  const found = findWanting(info).map(({ check }) => check)
  if (found.length > 0) return found
  return [{ name, status: 'ok', detail: `Redis ${versionOf(info)}, noeviction, append-only file` }]
}

/** Sentences about a server that a worker wants to use: why it cannot, and what may go wrong. */
export function adviseOnRedis(info: string): { readonly faults: string[]; readonly warnings: string[] } {
  const found = findWanting(info)
  const sentences = (wanted: boolean): string[] =>
    found.flatMap(({ useless, check: { detail, remedy = '' } }) => (useless === wanted ? [`${detail}. ${remedy}`] : []))
  return { faults: sentences(true), warnings: sentences(false) }
}

function findWanting(info: string): Finding[] {
  const value = (key: string) => valueOf(info, key)
  const version = versionOf(info)
  const eviction = value('maxmemory_policy')
  const failed = (detail: string, remedy: string): DoctorCheck => ({ name, status: 'failed', detail, remedy })
  const findings: (Finding | false)[] = [
    isOlder(version) && { useless: true, check: failed(`Redis ${version} is older than 6.2`, 'Upgrade the server') },
    value('cluster_enabled') === '1' && {
      useless: true,
      check: failed(
        'This is a Redis Cluster: a job needs keys of several slots (CROSSSLOT)',
        'Name a Redis without cluster mode in REDIS_URL, or unset it to keep the queue in PostgreSQL',
      ),
    },
    value('role') === 'slave' && {
      useless: true,
      check: failed('The server is a replica and accepts no writes', 'Name the primary server in REDIS_URL'),
    },
    eviction !== null &&
      eviction !== 'noeviction' && {
        useless: false,
        check: failed(
          `maxmemory-policy is ${eviction}: when memory is short, the server would delete jobs`,
          'Run CONFIG SET maxmemory-policy noeviction, and set it in redis.conf',
        ),
      },
    value('aof_enabled') === '0' && {
      useless: false,
      check: {
        name,
        status: 'warning',
        detail: 'appendonly is no: a restart loses queued jobs, which are then queued again within seconds',
        remedy: 'Set appendonly yes in redis.conf',
      },
    },
  ]
  return findings.filter((finding) => finding !== false)
}

const valueOf = (info: string, key: string): string | null =>
  new RegExp(`^${key}:(.*?)\\r?$`, 'm').exec(info)?.[1] ?? null

const versionOf = (info: string): string => valueOf(info, 'redis_version') ?? 'unknown'

function isOlder(version: string): boolean {
  const [major = NaN, minor = 0] = version.split('.').map(Number)
  return major < leastVersion[0] || (major === leastVersion[0] && minor < leastVersion[1])
}
