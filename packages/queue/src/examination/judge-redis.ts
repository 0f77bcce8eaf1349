import type { DoctorCheck } from '@goalpost/contracts'

/** `version`: as of BullMQ's requirements. */
const leastVersion = [6, 2] as const

/** What INFO says about a Redis server. A check for each setting that was found wanting; one if all are well. */
export function judgeRedis(info: string): DoctorCheck[] {
  const name = 'Redis settings'
  const value = (key: string) => new RegExp(`^${key}:(.*?)\\r?$`, 'm').exec(info)?.[1] ?? null
  const version = value('redis_version') ?? 'unknown'
  const eviction = value('maxmemory_policy')
  const wanting: DoctorCheck[] = []
  if (isOlder(version))
    wanting.push({ name, status: 'failed', detail: `Redis ${version} is older than 6.2`, remedy: 'Upgrade the server' })
  if (value('cluster_enabled') === '1')
    wanting.push({
      name,
      status: 'failed',
      detail: 'This is a Redis Cluster: a job needs keys of several slots (CROSSSLOT)',
      remedy: 'Name a Redis without cluster mode in REDIS_URL, or unset it to keep the queue in PostgreSQL',
    })
  if (value('role') === 'slave')
    wanting.push({
      name,
      status: 'failed',
      detail: 'The server is a replica and accepts no writes',
      remedy: 'Name the primary server in REDIS_URL',
    })
  if (eviction !== null && eviction !== 'noeviction')
    wanting.push({
      name,
      status: 'failed',
      detail: `maxmemory-policy is ${eviction}: when memory is short, the server would delete jobs`,
      remedy: 'Run CONFIG SET maxmemory-policy noeviction, and set it in redis.conf',
    })
  if (value('aof_enabled') === '0')
    wanting.push({
      name,
      status: 'warning',
      detail: 'appendonly is no: a restart loses queued jobs, which are then queued again within seconds',
      remedy: 'Set appendonly yes in redis.conf',
    })
  if (wanting.length > 0) return wanting
  return [{ name, status: 'ok', detail: `Redis ${version}, noeviction, append-only file` }]
}

function isOlder(version: string): boolean {
  const [major = NaN, minor = 0] = version.split('.').map(Number)
  return major < leastVersion[0] || (major === leastVersion[0] && minor < leastVersion[1])
}
